import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Host } from '../host/host.ts';
import { kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';

const configPath = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';
const configSchema = z.looseObject({ data: z.record(z.string(), z.string()) });
const statusSchema = z.looseObject({ apiEndpoints: z.record(z.string(), z.unknown()) });

/**
 * Removes what the restored cluster still says about control planes that are no members any more: their Nodes, whose
 * mirror pods make kubeadm ask a dead etcd, and, up to Kubernetes 1.21, their API endpoints.
 */
export async function removeGhosts(host: Host, { host: self, settings }: Assignment): Promise<void> {
  const client = await kubeClient(host, adminConf);
  if (client === null) return;
  const others = settings.hosts.filter(({ name, role }) => role === 'control-plane' && name !== self.name);
  for (const { name } of others) await client.remove(`/api/v1/nodes/${name}`);
  const config = configSchema.safeParse(await client.get(configPath)).data;
  const status = statusSchema.safeParse(parse(config?.data.ClusterStatus ?? '')).data;
  if (config === undefined || status === undefined) return;
  const kept = Object.entries(status.apiEndpoints).filter(([name]) => !others.some((other) => other.name === name));
  const ClusterStatus = stringify({ ...status, apiEndpoints: Object.fromEntries(kept) });
  await client.merge(configPath, { data: { ClusterStatus } });
}
