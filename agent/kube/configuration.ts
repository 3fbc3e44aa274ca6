import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { kubernetesYaml } from '../../shared/kubeadm/yaml.ts';
import { nodePorts } from '../../shared/plan/node-ports.ts';
import { type ClusterConfiguration, clusterConfigurationSchema } from '../../shared/protocol/facts.ts';
import type { KubeClient } from './client.ts';

const path = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';
const configMapSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().optional() }).default({}),
  data: z.object({ ClusterConfiguration: z.string(), ClusterStatus: z.string().optional() }),
});
const clusterStatusSchema = z.looseObject({
  apiEndpoints: z.record(z.string(), z.looseObject({ advertiseAddress: z.string().optional() })),
});
const text = z.string().optional().catch(undefined);
const documentSchema = z.object({
  clusterName: text,
  kubernetesVersion: text,
  imageRepository: text,
  controlPlaneEndpoint: text,
  apiServer: z.unknown().optional(),
  networking: z.object({ podSubnet: text, serviceSubnet: text, dnsDomain: text }).prefault({}).catch({}),
  etcd: z
    .object({ local: z.looseObject({}), external: z.looseObject({}) })
    .partial()
    .optional()
    .catch(undefined),
});

/** What kubeadm recorded of the cluster, as far as a plan could say it; null: not readable. */
export async function clusterConfiguration(client: Pick<KubeClient, 'get'>): Promise<ClusterConfiguration | null> {
  const found = configMapSchema.safeParse(await client.get(path));
  if (!found.success) return null;
  const document = documentSchema.safeParse(documentOf(found.data.data.ClusterConfiguration));
  return document.success ? valuesOf(document.data) : null;
}

/** The document that kubeadm recorded of the cluster; null: not readable. */
export async function kubeadmConfig(
  client: Pick<KubeClient, 'get'>,
): Promise<{ text: string; isEtcdExternal: boolean } | null> {
  const found = configMapSchema.safeParse(await client.get(path));
  if (!found.success) return null;
  const text = found.data.data.ClusterConfiguration;
  const external = z.object({ etcd: z.object({ external: z.looseObject({}) }) });
  return { text, isEtcdExternal: external.safeParse(documentOf(text)).success };
}

interface ApiEndpoint {
  name: string;
  address: string;
}

/** Removes a control plane from the list that kubeadm keeps up to 1.21, by name and by address. */
export const forgetApiEndpoint = (client: Pick<KubeClient, 'get' | 'merge'>, gone: ApiEndpoint): Promise<void> =>
  changeApiEndpoints(client, (endpoints) => withoutEndpoint(endpoints, gone));

/** Adds a control plane to that list, as kubeadm does at the end of a join. */
export const addApiEndpoint = (
  client: Pick<KubeClient, 'get' | 'merge'>,
  { port, ...added }: ApiEndpoint & { port: number },
): Promise<void> =>
  changeApiEndpoints(client, (endpoints) => ({
    ...withoutEndpoint(endpoints, added),
    [added.name]: { advertiseAddress: added.address, bindPort: port },
  }));

type ApiEndpoints = z.infer<typeof clusterStatusSchema>['apiEndpoints'];

const withoutEndpoint = (endpoints: ApiEndpoints, { name, address }: ApiEndpoint): ApiEndpoints =>
  Object.fromEntries(
    Object.entries(endpoints).filter(([key, { advertiseAddress }]) => key !== name && advertiseAddress !== address),
  );

/** Nothing happens where kubeadm keeps no such list. */
async function changeApiEndpoints(
  client: Pick<KubeClient, 'get' | 'merge'>,
  change: (endpoints: ApiEndpoints) => ApiEndpoints,
): Promise<void> {
  const found = configMapSchema.safeParse(await client.get(path));
  const status = clusterStatusSchema.safeParse(documentOf(found.data?.data.ClusterStatus ?? ''));
  if (!found.success || !status.success) return;
  const apiEndpoints = change(status.data.apiEndpoints);
  if (isDeepStrictEqual(apiEndpoints, status.data.apiEndpoints)) return;
  const ClusterStatus = kubernetesYaml({ ...status.data, apiEndpoints });
  await client.merge(path, { metadata: found.data.metadata, data: { ClusterStatus } });
}

function documentOf(yaml: string): unknown {
  try {
    return parse(yaml, { schema: 'yaml-1.1' });
  } catch {
    return null;
  }
}

function valuesOf({ networking, etcd, ...document }: z.infer<typeof documentSchema>): ClusterConfiguration {
  const [host, port] = document.controlPlaneEndpoint?.split(':') ?? [];
  const values = {
    name: document.clusterName,
    version: document.kubernetesVersion?.replace(/^v/, ''),
    imageRepository: document.imageRepository,
    endpoint: { host, port: Number(port) },
    ...networking,
    nodePorts: nodePorts(document).range,
    // kubeadm records one of both.
    etcd: etcd?.external === undefined ? etcd?.local && { kind: 'stacked' } : { ...etcd.external, kind: 'external' },
  };
  const shape = clusterConfigurationSchema.shape;
  const valid = Object.entries(values).filter(
    ([key, value]) => value !== undefined && shape[key as keyof typeof shape].safeParse(value).success,
  );
  return Object.fromEntries(valid) as ClusterConfiguration;
}
