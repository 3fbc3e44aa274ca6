import { defaultImageRepository, firstWithNewRegistry, readVersion } from '../kubernetes-version.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';
import { valueAt } from './components/decided.ts';

const path: Path = ['kubernetes', 'imageRepository'];

/** Requires a repository that has CoreDNS where this kubeadm looks for it. */
export function checkImages({ kubernetes, runtime }: PartialPlan, report: Report): void {
  const { version: written, imageRepository: repository, components } = kubernetes ?? {};
  if (written === undefined || repository === undefined) return;
  const { version } = readVersion(written);
  const hasOwnDns = valueAt(components, ['clusterConfiguration', 'dns', 'imageRepository']) !== undefined;
  const fixed = hasOwnDns ? null : fixedVersion(version, repository);
  if (fixed !== null) report(path, 'images-without-coredns', { version, fixed });
  const [registry = ''] = repository.split('/');
  const mirrors = typeof runtime === 'object' ? runtime.registryMirrors : undefined;
  // A mirror may have later images.
  const since = Object.hasOwn(mirrors ?? {}, registry) ? null : frozenSince(repository);
  if (since !== null && (since < '2023' || firstWithNewRegistry(version) === null)) {
    report(path, 'images-frozen', { version, since, wanted: defaultImageRepository(version) });
  }
}

/** Former repositories of Kubernetes and copies of them -> the month of their last images. */
const frozen: readonly [RegExp, month: string][] = [
  [/^k8s\.gcr\.io$|^(us|eu|asia)\.gcr\.io\/k8s-artifacts-prod$/, '2023-04'],
  [/^(us\.|eu\.|asia\.)?gcr\.io\/google[-_]containers$|^(docker\.io\/)?mirrorgooglecontainers$/, '2020-07'],
];
const frozenSince = (repository: string) => frozen.find(([pattern]) => pattern.test(repository))?.[1] ?? null;

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
