import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';

/** Which runtime this host's Node was made with, as kubeadm told the kubelet; null: that can't be said. */
export async function nodeRuntime(host: Host): Promise<Facts['software']['nodeRuntime']> {
  if (!(await host.exists(kubeletConf))) return 'none';
  const flags = (await host.readFile('/var/lib/kubelet/kubeadm-flags.env')) ?? '';
  if (/--container-runtime-endpoint=\S*containerd\.sock/.test(flags)) return 'containerd';
  // kubeadm sets this flag for the kubelet's own docker support alone, and names no endpoint then.
  return /--network-plugin=/.test(flags) && !flags.includes('--container-runtime') ? 'docker' : null;
}
