import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { readKubeletFlags } from '../machine/kubelet.ts';

/** The runtime in the kubelet's flags; `none`: this host is not a node; null: unknown. */
export async function nodeRuntime(host: Host): Promise<Facts['software']['nodeRuntime']> {
  if (!(await host.exists(kubeletConf))) return 'none';
  return (await readKubeletFlags(host))?.runtime ?? null;
}
