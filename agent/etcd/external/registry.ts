import { jsonOrUndefined } from '../../../shared/json.ts';
import { readArguments } from '../../../shared/kubeadm/arguments.ts';
import type { ClusterSettings } from '../../../shared/plan/schema.ts';
import { caFingerprint } from '../../kube/ca.ts';
import type { EtcdClient } from '../client.ts';

/** What an etcd holds of a cluster. */
export interface Registry {
  isEmpty: boolean;
  /** SHA-256 of the CAs that the cluster publishes: its own, perhaps with others. Empty before its API server ran. */
  caSha256s: string[];
}

/** Below the API server's prefix; both hold the CA's certificate, the second from the API server's first start on. */
const publishing = [
  'configmaps/kube-system/kube-root-ca.crt',
  'configmaps/kube-system/extension-apiserver-authentication',
];
const certificate = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Reads whether the etcd holds a cluster, and whose. Throws what the client throws. */
export async function registryIn(client: EtcdClient, settings: ClusterSettings): Promise<Registry> {
  const prefix = prefixOf(settings);
  // `0` follows `/`.
  const all = { key: base64(`${prefix}/`), range_end: base64(`${prefix}0`), limit: 1, keys_only: true };
  if ((await client.range(all)).kvs.length === 0) return { isEmpty: true, caSha256s: [] };
  const answers = await Promise.all(publishing.map((key) => client.range({ key: base64(`${prefix}/${key}`) })));
  const values = answers.flatMap(({ kvs }) => kvs.map(({ value }) => Buffer.from(value, 'base64').toString('latin1')));
  const found = values.flatMap(certificatesIn);
  return { isEmpty: false, caSha256s: [...new Set(found)].slice(0, 8) };
}

/** An object is stored as protobuf or as JSON, either with the certificate's text. */
function certificatesIn(value: string): string[] {
  const text = jsonOrUndefined(value) === undefined ? value : value.replaceAll('\\n', '\n');
  return (text.match(certificate) ?? []).flatMap((pem) => {
    try {
      return [caFingerprint(pem)];
    } catch {
      return [];
    }
  });
}

/** Where the API server keeps its objects: --etcd-prefix, `/registry` by default. */
export function prefixOf({ kubernetes }: ClusterSettings): string {
  const { apiServer } = kubernetes.components.clusterConfiguration as { apiServer?: { extraArgs?: unknown } };
  const written = readArguments(apiServer?.extraArgs).find(({ name }) => name === 'etcd-prefix')?.value;
  const prefix = typeof written === 'string' && written !== '' ? written : '/registry';
  return `/${prefix.replace(/^\/+|(?<!\/)\/+$/g, '')}`;
}
