import { MusterError } from '../../shared/errors/errors.ts';
import { type ClusterFacts, mostNodes } from '../../shared/protocol/facts.ts';
import { automaticApproval } from '../../shared/steps/approval.ts';
import type { Host } from '../host/host.ts';
import { caFingerprint } from './ca.ts';
import { type KubeClient, kubeClient } from './client.ts';
import { clusterConfiguration } from './configuration.ts';
import { adminConf } from './kubeconfig.ts';
import { clusterInfoPath } from './objects.ts';
import type { Sparing } from './sparing.ts';
import type { WatchedNodes } from './watched-nodes.ts';

/** The cluster as seen with admin.conf; null: admin.conf does not exist or the API server does not answer. */
export async function clusterFacts(
  host: Host,
  { spare, nodes: watched }: { spare: Sparing; nodes: Pick<WatchedNodes, 'read'> },
): Promise<ClusterFacts | null> {
  try {
    const client = await kubeClient(host, adminConf);
    if (client === null) return null;
    const [nodes, joinable, configuration] = await spare(client, () =>
      Promise.all([watched.read(client), isJoinable(client), clusterConfiguration(client)]),
    );
    return {
      caPem: client.caPem,
      caSha256: caFingerprint(client.caPem),
      joinable,
      nodes: nodes.slice(0, mostNodes),
      ...(nodes.length > mostNodes ? { unlistedNodes: nodes.length - mostNodes } : {}),
      observedAt: host.now().toISOString(),
      ...(configuration === null ? {} : { configuration }),
    };
  } catch (error) {
    if (error instanceof MusterError) return null;
    throw error;
  }
}

/**
 * kubeadm writes cluster-info after the auto-approval binding. If cluster-info exists without the binding, muster has
 * removed the binding; without cluster-info, kubeadm init would still create it.
 */
async function isJoinable(client: KubeClient): Promise<boolean> {
  const [clusterInfo, autoApproval] = await Promise.all([
    client.get(clusterInfoPath),
    client.get(automaticApproval.path),
  ]);
  return clusterInfo !== null && autoApproval === null;
}
