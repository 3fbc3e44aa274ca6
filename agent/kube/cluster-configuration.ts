import { type Document, parseDocument, YAMLMap } from 'yaml';
import { z } from 'zod';
import { MusterError } from '../../shared/errors/errors.ts';
import { extraArguments, readArguments } from '../../shared/kubeadm/arguments.ts';
import { endpointNames, usesApiProxy } from '../../shared/plan/api-proxy.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { portSharing } from '../../shared/steps/content/api-proxy.ts';
import type { KubeClient } from './client.ts';

const path = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';
const configMapSchema = z.looseObject({ data: z.looseObject({ ClusterConfiguration: z.string() }) });

/**
 * ClusterConfiguration as kubeadm recorded it, with what several control planes and the load balancer need: joining
 * control planes and upgrades read it. Null: nothing is missing.
 */
export function withEndpoint(text: string, settings: ClusterSettings): string | null {
  const document = parseDocument(text, { schema: 'yaml-1.1' });
  const changed = [
    addNames(document, endpointNames(settings)),
    usesApiProxy(settings) && addSharing(document, settings),
  ];
  return changed.includes(true) ? document.toString({ lineWidth: 0 }) : null;
}

function addNames(document: Document, wanted: readonly string[]): boolean {
  const names = z.array(z.string()).catch([]).parse(valueAt(document, 'certSANs'));
  const missing = wanted.filter((name) => !names.includes(name));
  if (missing.length > 0) document.setIn(['apiServer', 'certSANs'], document.createNode([...names, ...missing]));
  return missing.length > 0;
}

function addSharing(document: Document, { kubernetes }: ClusterSettings): boolean {
  const args = readArguments(valueAt(document, 'extraArgs'));
  if (args.some(({ name, value }) => name === portSharing.name && String(value) === portSharing.value)) return false;
  const others = args.filter(({ name }) => name !== portSharing.name);
  const written = extraArguments(kubernetes.version, [...others, portSharing]);
  document.setIn(['apiServer', 'extraArgs'], document.createNode(written));
  return true;
}

function valueAt(document: Document, key: string): unknown {
  // kubeadm writes an empty section as a mapping, a person may leave it null.
  if (!(document.get('apiServer') instanceof YAMLMap)) document.set('apiServer', document.createNode({}));
  return z.record(z.string(), z.unknown()).catch({}).parse(document.toJS()?.apiServer)[key];
}

/** ClusterConfiguration's text. Throws MusterError `no-kubeadm-config`. */
export async function readClusterConfiguration(client: Pick<KubeClient, 'get'>): Promise<string> {
  return (await readConfigMap(client)).data.ClusterConfiguration;
}

async function readConfigMap(client: Pick<KubeClient, 'get'>) {
  const found = configMapSchema.safeParse(await client.get(path));
  if (!found.success) throw new MusterError('no-kubeadm-config');
  return found.data;
}

/**
 * Adds what is missing to ClusterConfiguration. false: nothing was. Throws MusterError `no-kubeadm-config`;
 * `kube-refused` if another control plane changes it at the same moment.
 */
export async function keepClusterConfiguration(
  client: Pick<KubeClient, 'get' | 'replace'>,
  settings: ClusterSettings,
): Promise<boolean> {
  const configMap = await readConfigMap(client);
  const wanted = withEndpoint(configMap.data.ClusterConfiguration, settings);
  if (wanted === null) return false;
  await client.replace(path, { ...configMap, data: { ...configMap.data, ClusterConfiguration: wanted } });
  return true;
}
