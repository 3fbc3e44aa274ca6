import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { readKubeletFlags } from '../machine/kubelet.ts';

/** Which runtime this host's Node was made with, by the kubelet's flags; null: not known. */
export async function nodeRuntime(host: Host): Promise<Facts['software']['nodeRuntime']> {
  if (!(await host.exists(kubeletConf))) return 'none';
  return (await readKubeletFlags(host))?.runtime ?? null;
}
