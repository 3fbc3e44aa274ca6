import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import type { ClusterFacts } from '../../shared/protocol/facts.ts';
import { automaticApproval } from '../../shared/steps/approval.ts';
import type { Host } from '../host/host.ts';
import { caFingerprint } from './ca.ts';
import { type KubeClient, kubeClient } from './client.ts';
import { clusterConfiguration } from './configuration.ts';
import { adminConf } from './kubeconfig.ts';
import { clusterInfoPath, nodeSchema, readyCondition } from './objects.ts';
import type { Sparing } from './sparing.ts';

const nodeListSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }),
  items: z.array(nodeSchema),
});
const pageSize = 500;
/** Limit of a report. */
const maxNodes = 5000;

/** The cluster as seen with admin.conf; null: admin.conf does not exist or the API server does not answer. */
export async function clusterFacts(host: Host, spare: Sparing): Promise<ClusterFacts | null> {
  try {
    const client = await kubeClient(host, adminConf);
    if (client === null) return null;
    const [nodes, joinable, configuration] = await spare(client, () =>
      Promise.all([listNodes(client), isJoinable(client), clusterConfiguration(client)]),
    );
    return {
      caPem: client.caPem,
      caSha256: caFingerprint(client.caPem),
      joinable,
      nodes,
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

async function listNodes(client: KubeClient): Promise<ClusterFacts['nodes']> {
  const nodes: ClusterFacts['nodes'] = [];
  let next: string | undefined;
  do {
    const token = next === undefined ? '' : `&continue=${encodeURIComponent(next)}`;
    const page = nodeListSchema.parse(await client.get(`/api/v1/nodes?limit=${pageSize}${token}`));
    for (const node of page.items) {
      const ready = readyCondition(node)?.status === 'True';
      nodes.push({ name: node.metadata.name, ready, version: node.status.nodeInfo.kubeletVersion });
    }
    next = page.metadata.continue || undefined;
  } while (next !== undefined && nodes.length < maxNodes);
  return nodes;
}
