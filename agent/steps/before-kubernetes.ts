import type { Host } from '../host/host.ts';
import { kubernetesFolders } from '../prior/recorder.ts';
import { kubernetesPackages } from './package-state.ts';

/** What the kubelet and kube-proxy set by themselves. */
const kubernetesSysctls = [
  'kernel.keys.root_maxbytes',
  'kernel.keys.root_maxkeys',
  'kernel.panic',
  'kernel.panic_on_oops',
  'net.ipv4.conf.all.route_localnet',
  'vm.overcommit_memory',
  'vm.panic_on_oom',
];

/**
 * Records what Kubernetes' packages and programs change by themselves. Called before packages are installed or held, as they enable and
 * start what they bring, and before kubeadm runs, as the packages may have been there already.
 */
export async function rememberBeforeKubernetes(host: Host, runtime: string): Promise<void> {
  for (const name of [runtime, 'kubelet']) await host.remember({ kind: 'unit', name: `${name}.service` });
  for (const name of kubernetesPackages) await host.remember({ kind: 'hold', name });
  for (const name of Object.values(kubernetesFolders)) await host.remember({ kind: 'folder', name });
  for (const name of kubernetesSysctls) await host.remember({ kind: 'sysctl', name });
}
