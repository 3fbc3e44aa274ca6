import type { Duty } from '../../shared/protocol/duty.ts';
import type { KubeClient } from '../kube/client.ts';
import { nodePath } from '../kube/objects.ts';

type CordonNode = Extract<Duty, { type: 'cordon-node' }>;

/** Cordons or uncordons the Node. Does nothing if the Node does not exist. */
export async function cordonNode(client: KubeClient, { host, unschedulable }: CordonNode): Promise<void> {
  if ((await client.get(nodePath(host))) === null) return;
  await client.merge(nodePath(host), { spec: { unschedulable } });
}
