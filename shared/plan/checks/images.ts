import { firstWithNewRegistry, readVersion } from '../kubernetes-version.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';
import { valueAt } from './components/decided.ts';

const path: Path = ['kubernetes', 'imageRepository'];

/** Requires a repository that has CoreDNS where this kubeadm looks for it. */
export function checkImages({ kubernetes }: PartialPlan, report: Report): void {
  const { version: written, imageRepository: repository, components } = kubernetes ?? {};
  if (written === undefined || repository === undefined) return;
  if (valueAt(components, ['clusterConfiguration', 'dns', 'imageRepository']) !== undefined) return;
  const { version } = readVersion(written);
  const fixed = fixedVersion(version, repository);
  if (fixed !== null) report(path, 'images-without-coredns', { version, fixed });
  else if (repository === 'k8s.gcr.io' && firstWithNewRegistry(version) === null)
    report(path, 'images-frozen', { version });
}

/**
 * The first version that finds CoreDNS in a repository; null: this one does. In a repository that is not its default,
 * kubeadm looks for coredns, which registry.k8s.io has up to CoreDNS 1.7 only; 1.21.0 and 1.21.1 look for
 * coredns/coredns in every repository, which Aliyun's cannot hold.
 */
function fixedVersion(version: string, repository: string): string | null {
  const [, minor = 0, patch = 0] = version.split('.').map(Number);
  const isNested = minor === 21 && patch < 2;
  if (isNested) return /(^|\.)aliyuncs\.com\//.test(repository) ? '1.21.2' : null;
  return repository === 'registry.k8s.io' && minor > 20 ? firstWithNewRegistry(version) : null;
}
