import { MusterError } from '../../shared/errors/errors.ts';
import type { NodeFacts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { type KubeClient, kubeClient } from './client.ts';
import { kubeletConf } from './kubeconfig.ts';
import { nodePath, nodeSchema, readyCondition } from './objects.ts';
import type { Sparing } from './sparing.ts';

/** This host's Node, read with the kubelet's credential; null: it does not exist or cannot be read. */
export async function nodeFacts(host: Host, name: string, spare: Sparing): Promise<NodeFacts | null> {
  try {
    const client = await kubeClient(host, kubeletConf);
    return client === null ? null : await spare(client, () => readNode(client, name));
  } catch (error) {
    if (error instanceof MusterError) return null;
    throw error;
  }
}

/** null: the Node does not exist. Throws MusterError `kube-unreachable` or `kube-refused`. */
export async function readNode(client: KubeClient, name: string): Promise<NodeFacts | null> {
  const answer = await client.get(nodePath(name));
  if (answer === null) return null;
  const node = nodeSchema.parse(answer);
  const ready = readyCondition(node);
  return {
    name: node.metadata.name,
    ready: ready?.status === 'True',
    reason: ready?.status === 'True' ? '' : [ready?.reason, ready?.message].filter(Boolean).join(': '),
    kubeletVersion: node.status.nodeInfo.kubeletVersion,
    runtimeVersion: node.status.nodeInfo.containerRuntimeVersion,
    labels: node.metadata.labels,
    taints: node.spec.taints.map(({ key, value, effect }) => ({
      key,
      effect,
      ...(value === undefined ? {} : { value }),
    })),
  };
}
