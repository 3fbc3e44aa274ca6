import { MusterError } from '../../shared/errors/errors.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { KubeClient } from '../kube/client.ts';
import { nodePath, nodeSchema } from '../kube/objects.ts';

type LabelNode = Extract<Duty, { type: 'label-node' }>;

/** As often as somebody else may change the Node between reading and writing; kubelets do so all the time. */
const attempts = 5;

/** Makes the Node carry the labels and taints; others stay. A taint is told apart by its key and effect, as Kubernetes does. */
export async function labelNode(client: KubeClient, duty: LabelNode): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const answer = await client.get(nodePath(duty.host));
    if (answer === null) throw new MusterError('no-node', { host: duty.host });
    const { metadata, spec } = nodeSchema.parse(answer);
    const isPlanned = (taint: { key: string; effect: string }) =>
      duty.taints.some(({ key, effect }) => key === taint.key && effect === taint.effect);
    const taints = [...spec.taints.filter((taint) => !isPlanned(taint)), ...duty.taints];
    try {
      // A merge patch replaces the list of taints as a whole, so it must fail if that has changed meanwhile.
      return await client.merge(nodePath(duty.host), {
        metadata: { labels: duty.labels, resourceVersion: metadata.resourceVersion },
        spec: { taints },
      });
    } catch (error) {
      const conflict = error instanceof MusterError && error.status === 409;
      if (!conflict || attempt === attempts) throw error;
    }
  }
}
