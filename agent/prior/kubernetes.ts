import { kubernetesPackages } from '../../shared/steps/content/kubernetes-packages.ts';
import type { Host } from '../host/host.ts';
import type { Thing } from './record.ts';
import { kubernetesFolders } from './recorder.ts';

/** What the kubelet and kube-proxy set. */
const kubernetesSysctls = [
  'kernel.keys.root_maxbytes',
  'kernel.keys.root_maxkeys',
  'kernel.panic',
  'kernel.panic_on_oops',
  'net.ipv4.conf.all.route_localnet',
  'vm.overcommit_memory',
  'vm.panic_on_oom',
];

const priorToKubernetes = (runtime: string): Thing[] => [
  ...[runtime, 'kubelet'].map((name) => ({ kind: 'unit' as const, name: `${name}.service` })),
  ...kubernetesPackages.map((name) => ({ kind: 'hold' as const, name })),
  ...Object.values(kubernetesFolders).map((name) => ({ kind: 'folder' as const, name })),
  ...kubernetesSysctls.map((name) => ({ kind: 'sysctl' as const, name })),
];

/**
 * Records what the packages and programs of Kubernetes change. Called before packages are installed or held, as they enable and start
 * what they bring, and before kubeadm runs, as the packages may have been there already.
 */
export async function rememberBeforeKubernetes(host: Host, runtime: string): Promise<void> {
  for (const thing of priorToKubernetes(runtime)) await host.remember(thing);
}
