import { minorVersion } from '../../../kubeadm/version.ts';
import { readVersion } from '../../kubernetes-version.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { valueAt } from './decided.ts';

const firstNftables = 29;
const firstNftablesBeta = 31;
const lastUserspace = 25;

/** Requires a mode that this kube-proxy has. */
export function checkProxyMode({ kubernetes }: PartialPlan, report: Report): void {
  const proxy = kubernetes?.components?.kubeProxyConfiguration;
  if (kubernetes?.version === undefined || proxy === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  const path: Path = ['kubernetes', 'components', 'kubeProxyConfiguration', 'mode'];
  const version = `1.${minor}`;
  if (proxy.mode === 'userspace' && minor > lastUserspace) report(path, 'proxy-mode-removed', { version });
  if (proxy.mode !== 'nftables') return;
  if (minor < firstNftables) report(path, 'proxy-mode-too-new', { version, since: `1.${firstNftables}` });
  else if (minor < firstNftablesBeta && valueAt(proxy, ['featureGates', 'NFTablesProxyMode']) !== true) {
    report(path, 'proxy-mode-needs-gate', { version });
  }
}
