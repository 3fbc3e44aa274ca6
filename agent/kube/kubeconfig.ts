import { type Kubeconfig, readKubeconfig as read } from '../../shared/kube/kubeconfig.ts';
import type { Host } from '../host/host.ts';

export const adminConf = '/etc/kubernetes/admin.conf';
export const kubeletConf = '/etc/kubernetes/kubelet.conf';

/** Reads a kubeconfig of the host; see shared/kube. */
export const readKubeconfig = (host: Host, path: string): Promise<Kubeconfig | null> =>
  read((file) => host.readFile(file), path);
