import { minorVersion } from '../../kubeadm/version.ts';
import { firstPublic, firstWithoutDockershim, oldestMinor, readVersion } from '../kubernetes-version.ts';
import type { Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** What this Kubernetes version can and cannot go with. */
export function checkVersions({ kubernetes, runtime }: PartialPlan, report: Report): void {
  if (kubernetes?.version === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  if (minor < oldestMinor) {
    report(['kubernetes', 'version'], `this version is not supported; 1.${oldestMinor}.0 or newer is needed`);
    return;
  }
  const name = typeof runtime === 'string' ? runtime : runtime?.name;
  if (name === 'docker' && minor >= firstWithoutDockershim) {
    report(
      typeof runtime === 'string' ? ['runtime'] : ['runtime', 'name'],
      `Kubernetes 1.${firstWithoutDockershim} removed the support for docker; containerd is needed for 1.${minor}`,
    );
  }
  const isPublic = kubernetes.packages === 'public' || !('packages' in kubernetes);
  if (isPublic && minor < firstPublic) {
    report(
      ['kubernetes', 'packages'],
      `the public source has packages from 1.${firstPublic} on; for 1.${minor}, \`aliyun\` or a source of your own is needed`,
    );
  }
}
