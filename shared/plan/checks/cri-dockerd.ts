import { oldestDockerFor } from '../../compatibility/cri-dockerd.ts';
import { compareVersions } from '../../compatibility/versions.ts';
import { minorVersion } from '../../kubeadm/version.ts';
import { firstWithoutDockershim, readVersion } from '../kubernetes-version.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

const path: Path = ['runtime', 'criDockerd'];

/** Requires an archive that suits the planned docker; where cri-dockerd is not used, its settings have no effect. */
export function checkCriDockerd({ runtime, kubernetes }: PartialPlan, report: Report): void {
  if (typeof runtime !== 'object' || runtime.criDockerd === undefined) return;
  const { url, version: written } = runtime.criDockerd;
  const isOtherFile = /\.(deb|rpm|zip)$|\/releases\/tag\//.test(url ?? '');
  if (isOtherFile) report([...path, 'url'], 'cri-dockerd-not-archive');
  const version = kubernetes?.version === undefined ? null : readVersion(kubernetes.version).version;
  const hasDockershim = version !== null && minorVersion(version) < firstWithoutDockershim;
  if (runtime.name === 'containerd' || hasDockershim) {
    report(path, 'cri-dockerd-unused', { first: `1.${firstWithoutDockershim}` });
  }
  const planned = runtime.version;
  if (written === undefined || planned === undefined || !planned.includes('.')) return;
  const oldest = oldestDockerFor(written);
  if (compareVersions(planned, oldest) < 0) report([...path, 'version'], 'cri-dockerd-too-new', { oldest, planned });
}
