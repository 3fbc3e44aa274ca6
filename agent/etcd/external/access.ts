import type { ExternalEtcd } from '../../../shared/plan/schema.ts';
import type { HostView } from '../../host/host.ts';
import { type EtcdClient, etcdClient } from '../client.ts';
import type { EtcdCredentials } from '../credentials.ts';
import { etcdManifest, podFlags } from '../pod.ts';

/** How this host reaches an etcd that the site runs. */
export type ExternalAccess = Omit<ExternalEtcd, 'kind'>;

const apiServerManifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';
/** Longest wait for one endpoint, in ms. */
const patience = 2000;

/** null: this host lacks one of the files. */
export async function externalCredentials(
  host: HostView,
  { caFile, certFile, keyFile }: ExternalAccess,
): Promise<EtcdCredentials | null> {
  const [caPem, certPem, keyPem] = await Promise.all([caFile, certFile, keyFile].map((path) => host.readFile(path)));
  return caPem && certPem && keyPem ? { caPem, certPem, keyPem } : null;
}

/** A client of the first endpoint that answers, or else of the first; null: this host lacks one of the files. */
export async function externalClient(host: HostView, access: ExternalAccess): Promise<EtcdClient | null> {
  const credentials = await externalCredentials(host, access);
  if (credentials === null) return null;
  const clients = access.endpoints.map((endpoint) => etcdClient(credentials, endpoint));
  try {
    return await Promise.any(clients.map((client) => client.status(undefined, patience).then(() => client)));
  } catch {
    return clients[0] ?? null;
  }
}

/** The external etcd that this host's API server uses, by its manifest; null: none. */
export async function runningExternalEtcd(host: HostView): Promise<ExternalAccess | null> {
  if (await host.exists(etcdManifest)) return null;
  const flag = await podFlags(host, apiServerManifest);
  if (flag === null) return null;
  const endpoints = flag('etcd-servers').split(',').filter(Boolean);
  const [caFile, certFile, keyFile] = [flag('etcd-cafile'), flag('etcd-certfile'), flag('etcd-keyfile')];
  // kubeadm's own etcd has its files there, a plan's external one may not.
  if (caFile.startsWith('/etc/kubernetes/') || endpoints.length === 0 || !caFile || !certFile || !keyFile) return null;
  return { endpoints, caFile, certFile, keyFile };
}
