import type { Condition } from '../../shared/steps/change.ts';
import { apiProxy } from '../../shared/steps/content/api-proxy.ts';
import { keepalived } from '../../shared/steps/content/keepalived.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import { seLinuxMode } from '../machine/selinux.ts';
import { isActive } from '../machine/unit.ts';

const conditions: Record<Condition, (host: Host) => Promise<boolean>> = {
  selinux: async (host) => (await seLinuxMode(host)) !== null,
  'network-manager': (host) => host.exists('/usr/sbin/NetworkManager'),
  'network-manager-running': (host) => isActive(host, 'NetworkManager'),
  node: (host) => host.exists(kubeletConf),
  'not-node': async (host) => !(await host.exists(kubeletConf)),
  'api-proxy': (host) => host.exists(apiProxy.unitFile),
  keepalived: (host) => host.exists(keepalived.unitFile),
  'before-api-proxy': async (host) => !(await host.exists(kubeletConf)) && !(await host.exists(apiProxy.unitFile)),
};

export const holds = async (condition: Condition | undefined, host: Host): Promise<boolean> =>
  condition === undefined || conditions[condition](host);
