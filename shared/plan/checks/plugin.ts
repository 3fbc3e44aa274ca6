import { minorVersion } from '../../kubeadm/version.ts';
import { testedVersions } from '../calico.ts';
import { oldestMinor, readVersion } from '../kubernetes-version.ts';
import { imageRegistry, isBefore, limits } from '../network-plugin.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

const path: Path = ['network', 'plugin'];

/** Requires a release whose manifest is published and works with the Kubernetes version. */
export function checkPlugin(plan: PartialPlan, report: Report): void {
  const { calico, flannel } = plan.network?.plugin ?? {};
  if (calico !== undefined && flannel !== undefined) return;
  if (calico !== undefined) {
    if (isBefore(calico, limits.calico)) report([...path, 'calico'], 'calico-too-old');
    else checkVersion(calico, plan, report);
  }
  if (flannel !== undefined && isBefore(flannel, limits.flannel)) report([...path, 'flannel'], 'flannel-too-old');
  checkMirrors(plan, report);
}

function checkVersion(release: string, { kubernetes }: PartialPlan, report: Report): void {
  if (kubernetes?.version === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  const version = `1.${minor}`;
  const [from, to] = testedVersions(release) ?? [minor, minor];
  if (minor < oldestMinor) return;
  if (minor < limits.policyApi) report([...path, 'calico'], 'calico-too-new', { version });
  else if (minor < from || minor > to) {
    report([...path, 'calico'], 'calico-untested', { version, from: `1.${from}`, to: `1.${to}` });
  }
}

/** Who mirrors docker.io does so because hosts do not reach it; they may not reach other registries either. */
function checkMirrors({ network, runtime }: PartialPlan, report: Report): void {
  const { calico, flannel } = network?.plugin ?? {};
  const registry = imageRegistry({ calico, flannel });
  if (registry === null || registry === 'docker.io' || typeof runtime !== 'object') return;
  const mirrors = runtime.registryMirrors ?? [];
  const mirrored = Array.isArray(mirrors) ? (mirrors.length > 0 ? ['docker.io'] : []) : Object.keys(mirrors);
  if (!mirrored.includes('docker.io') || mirrored.includes(registry)) return;
  const kind = calico === undefined ? 'flannel' : 'calico';
  const plugin = calico === undefined ? `Flannel ${flannel}` : `Calico ${calico}`;
  const code = runtime.name === 'docker' ? 'images-not-mirrored-docker' : 'images-not-mirrored';
  report([...path, kind], code, { plugin, registry });
}
