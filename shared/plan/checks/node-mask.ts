import { minorVersion } from '../../kubeadm/version.ts';
import { readVersion } from '../kubernetes-version.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';
import { argumentsAt } from './components/decided.ts';

/** Prefix length of each host's pod range; kube-controller-manager's default. */
const defaultMask = 24;
/** The range of a host must have addresses for pods besides network, bridge and broadcast. */
const longestMask = 30;
/** First minor version in which node-cidr-mask-size-ipv4 is allowed with one address family. */
const firstWithFamilies = 21;

const place = ['clusterConfiguration', 'controllerManager', 'extraArgs'];

/** The prefix length of each host's pod range; null: hosts get none. Reports values that kubeadm refuses. */
export function readNodeMask({ kubernetes }: PartialPlan, podPrefix: number, report: Report): number | null {
  let mask: number | null = defaultMask;
  let isAllocated = true;
  for (const { name, value, path } of argumentsAt(kubernetes?.components, place)) {
    const at: Path = ['kubernetes', 'components', ...path];
    if (name === 'allocate-node-cidrs') isAllocated = String(value) !== 'false';
    if (name === 'node-cidr-mask-size-ipv6') report(at, 'dual-stack-unsupported', { subnet: '10.244.0.0/16' });
    if (name !== 'node-cidr-mask-size' && name !== 'node-cidr-mask-size-ipv4') continue;
    const version = readVersion(kubernetes?.version ?? '1.30.0').version;
    if (name === 'node-cidr-mask-size-ipv4' && minorVersion(version) < firstWithFamilies) {
      report(at, 'node-mask-ambiguous', { version });
    }
    mask = /^\d+$/.test(String(value)) ? Number(value) : null;
    if (mask !== null && mask >= podPrefix && mask <= longestMask) continue;
    report(at, 'node-mask-invalid', { prefix: podPrefix });
    return null;
  }
  return isAllocated ? mask : null;
}
