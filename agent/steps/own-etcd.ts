import { MusterError } from '../../shared/errors/errors.ts';
import type { EtcdAt } from '../etcd/members.ts';
import type { Host } from '../host/host.ts';
import { kubeClient } from '../kube/client.ts';
import { adminConf } from '../kube/kubeconfig.ts';

const manifests = '/etc/kubernetes/manifests';

/** Whether kubeadm has written the static pod of etcd, or of the API server, on this host. */
export const hasManifest = (host: Host, pod: 'etcd' | 'kube-apiserver'): Promise<boolean> =>
  host.exists(`${manifests}/${pod}.yaml`);

/** Whether etcd runs on this host as a voting member. */
export async function isVotingMember(etcdAt: EtcdAt): Promise<boolean> {
  try {
    const client = await etcdAt('127.0.0.1');
    const status = await client?.status();
    return status !== undefined && !status.isLearner;
  } catch (error) {
    if (error instanceof MusterError) return false;
    throw error;
  }
}

/** Whether an API server of the cluster reads from etcd, which takes a majority of the members. */
export async function hasQuorum(host: Host): Promise<boolean> {
  try {
    const client = await kubeClient(host, adminConf);
    return client !== null && (await client.get('/api/v1/namespaces/kube-system')) !== null;
  } catch (error) {
    if (error instanceof MusterError) return false;
    throw error;
  }
}
