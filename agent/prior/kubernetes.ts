import { usesApiProxy } from '../../shared/plan/api-proxy.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import { apiProxy } from '../../shared/steps/content/api-proxy.ts';
import { keepalived } from '../../shared/steps/content/keepalived.ts';
import { heldPackages } from '../../shared/steps/content/packages.ts';
import type { Host } from '../host/host.ts';
import type { Thing } from './record.ts';
import { kubernetesFolders } from './recorder.ts';

/** Settings changed by the kubelet and kube-proxy. */
const kubernetesSysctls = [
  'kernel.keys.root_maxbytes',
  'kernel.keys.root_maxkeys',
  'kernel.panic',
  'kernel.panic_on_oops',
  'net.ipv4.conf.all.route_localnet',
  'vm.overcommit_memory',
  'vm.panic_on_oom',
];

/** Units of the packages that several control planes need. */
const otherUnits = (settings: ClusterSettings): string[] => [
  ...(usesApiProxy(settings) ? [apiProxy.packageUnit] : []),
  ...(settings.loadBalancer.kind === 'keepalived' ? [keepalived.packageUnit] : []),
];

const priorToKubernetes = (settings: ClusterSettings): Thing[] => [
  ...[...[settings.runtime.name, 'kubelet'], ...otherUnits(settings)].map((name) => ({
    kind: 'unit' as const,
    name: `${name}.service`,
  })),
  ...heldPackages(settings).map((name) => ({ kind: 'hold' as const, name })),
  ...Object.values(kubernetesFolders).map((name) => ({ kind: 'folder' as const, name })),
  ...kubernetesSysctls.map((name) => ({ kind: 'sysctl' as const, name })),
];

/**
 * Records the prior state of what the packages and programs of Kubernetes change. Called before packages are installed
 * or held, because they enable and start services, and before kubeadm runs, because the packages may already have been
 * installed.
 */
export async function rememberBeforeKubernetes(host: Host, settings: ClusterSettings): Promise<void> {
  for (const thing of priorToKubernetes(settings)) await host.remember(thing);
}
