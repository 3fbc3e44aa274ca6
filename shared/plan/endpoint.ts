import { defaultApiServerPort } from '../kubeadm/ports.ts';
import type { ClusterSettings } from './schema.ts';
import type { PartialPlan } from './written.ts';

type Written = NonNullable<PartialPlan['kubernetes']>['controlPlaneEndpoint'];

/**
 * The control plane's endpoint. The default is a name that muster keeps in /etc/hosts, never a host's address, so that
 * control planes can be added later.
 */
export function readEndpoint(written: Written, cluster: string): ClusterSettings['endpoint'] {
  if (written === undefined) return { host: `${cluster}.muster.internal`, port: defaultApiServerPort, managed: true };
  if (typeof written !== 'string') {
    return { host: written.host ?? '', port: written.port ?? defaultApiServerPort, managed: written.managed ?? true };
  }
  const [host = '', port] = written.split(':');
  return { host, port: port === undefined ? defaultApiServerPort : Number(port), managed: true };
}
