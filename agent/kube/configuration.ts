import { parse } from 'yaml';
import { z } from 'zod';
import { type ClusterConfiguration, clusterConfigurationSchema } from '../../shared/protocol/facts.ts';
import type { KubeClient } from './client.ts';

const path = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';
const configMapSchema = z.object({ data: z.object({ ClusterConfiguration: z.string() }) });
const text = z.string().optional().catch(undefined);
const documentSchema = z.object({
  clusterName: text,
  kubernetesVersion: text,
  imageRepository: text,
  controlPlaneEndpoint: text,
  networking: z.object({ podSubnet: text, serviceSubnet: text, dnsDomain: text }).prefault({}).catch({}),
});

/** What kubeadm recorded of the cluster, as far as a plan could say it; null: not readable. */
export async function clusterConfiguration(client: Pick<KubeClient, 'get'>): Promise<ClusterConfiguration | null> {
  const found = configMapSchema.safeParse(await client.get(path));
  if (!found.success) return null;
  const document = documentSchema.safeParse(documentOf(found.data.data.ClusterConfiguration));
  return document.success ? valuesOf(document.data) : null;
}

function documentOf(yaml: string): unknown {
  try {
    return parse(yaml, { schema: 'yaml-1.1' });
  } catch {
    return null;
  }
}

function valuesOf({ networking, ...document }: z.infer<typeof documentSchema>): ClusterConfiguration {
  const [host, port] = document.controlPlaneEndpoint?.split(':') ?? [];
  const values = {
    name: document.clusterName,
    version: document.kubernetesVersion?.replace(/^v/, ''),
    imageRepository: document.imageRepository,
    endpoint: { host, port: Number(port) },
    ...networking,
  };
  const shape = clusterConfigurationSchema.shape;
  const valid = Object.entries(values).filter(
    ([key, value]) => value !== undefined && shape[key as keyof typeof shape].safeParse(value).success,
  );
  return Object.fromEntries(valid) as ClusterConfiguration;
}
