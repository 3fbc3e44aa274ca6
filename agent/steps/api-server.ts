import { MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';
import { type KubeClient, kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';

/** A client with admin.conf, for the steps after kubeadm init. Throws MusterError `no-admin-conf`. */
export async function adminClient(host: Host): Promise<KubeClient> {
  const client = await kubeClient(host, adminConf);
  if (client !== null) return client;
  throw new MusterError('no-admin-conf', { path: adminConf });
}
