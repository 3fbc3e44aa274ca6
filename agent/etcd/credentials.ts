import type { HostView } from '../host/host.ts';

/** Folder of the certificates that kubeadm made for a stacked etcd. */
export const etcdPki = '/etc/kubernetes/pki/etcd';

export interface EtcdCredentials {
  caPem: string;
  certPem: string;
  keyPem: string;
}

/** The client certificate that kubeadm made for health checks of etcd; null: this host has none. */
export async function etcdCredentials(host: HostView, folder = etcdPki): Promise<EtcdCredentials | null> {
  const names = ['ca.crt', 'healthcheck-client.crt', 'healthcheck-client.key'];
  const [caPem, certPem, keyPem] = await Promise.all(names.map((name) => host.readFile(`${folder}/${name}`)));
  return caPem && certPem && keyPem ? { caPem, certPem, keyPem } : null;
}
