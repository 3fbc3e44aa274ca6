import type { Duty } from '../../shared/protocol/duty.ts';
import type { KubeClient } from '../kube/client.ts';
import { nodePath } from '../kube/objects.ts';

type CordonNode = Extract<Duty, { type: 'cordon-node' }>;

/** Keeps new pods off the Node, or lets them again. A Node that is not there takes none. */
export async function cordonNode(client: KubeClient, { host, unschedulable }: CordonNode): Promise<void> {
  if ((await client.get(nodePath(host))) === null) return;
  await client.merge(nodePath(host), { spec: { unschedulable } });
}
