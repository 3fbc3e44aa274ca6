import pRetry from 'p-retry';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Duty } from '../../shared/protocol/duty.ts';
import type { KubeClient } from '../kube/client.ts';
import { nodePath, nodeSchema } from '../kube/objects.ts';

type LabelNode = Extract<Duty, { type: 'label-node' }>;

/** Conflicts are common: kubelets update their Node all the time. */
const retries = 4;

/**
 * Sets the labels and taints on the Node and keeps all others. As in Kubernetes, a taint is identified by key and
 * effect. Throws MusterError `no-node`.
 */
export function labelNode(client: KubeClient, duty: LabelNode): Promise<void> {
  const isConflict = (error: Error) => error instanceof MusterError && error.status === 409;
  return pRetry(() => mergeOnce(client, duty), {
    retries,
    minTimeout: 0,
    shouldRetry: ({ error }) => isConflict(error),
  });
}

async function mergeOnce(client: KubeClient, duty: LabelNode): Promise<void> {
  const answer = await client.get(nodePath(duty.host));
  if (answer === null) throw new MusterError('no-node', { host: duty.host });
  const { metadata, spec } = nodeSchema.parse(answer);
  const isPlanned = (taint: { key: string; effect: string }) =>
    duty.taints.some(({ key, effect }) => key === taint.key && effect === taint.effect);
  // A merge patch replaces the whole list of taints, so it must fail if the list changed since it was read.
  await client.merge(nodePath(duty.host), {
    metadata: { labels: duty.labels, resourceVersion: metadata.resourceVersion },
    spec: { taints: [...spec.taints.filter((taint) => !isPlanned(taint)), ...duty.taints] },
  });
}
