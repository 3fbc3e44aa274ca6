import { reasonOf } from '../../errors/reason.ts';
import { minorVersion } from '../../kubeadm/version.ts';
import { defaultNetwork } from '../defaults.ts';
import { isArchive, mostArchiveMb, type ReadFile, sha256Of } from '../files.ts';
import { readVersion } from '../kubernetes-version.ts';
import { missingApi } from '../manifest-apis.ts';
import { otherRange, ownRange } from '../manifest-ranges.ts';
import { isUrl } from '../network-plugin.ts';
import { armouredKey, url } from '../patterns.ts';
import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Requires exactly one variant of each choice, and readable files of the right kind beside the plan. */
export function checkFiles(plan: PartialPlan, report: Report, readFile: ReadFile): void {
  checkPlugin(plan, report, readFile);
  const { kubernetes, runtime } = plan;
  checkPackages(['kubernetes', 'packages'], kubernetes?.packages, report, readFile);
  if (typeof runtime !== 'object') return;
  checkPackages(['runtime', 'packages'], runtime.packages, report, readFile);
  checkCriDockerd(runtime.criDockerd, report, readFile);
}

type WrittenRuntime = Exclude<PartialPlan['runtime'], string | undefined>;

function checkPackages(
  at: Path,
  packages: NonNullable<PartialPlan['kubernetes']>['packages'] | WrittenRuntime['packages'],
  report: Report,
  readFile: ReadFile,
): void {
  if (packages === undefined || typeof packages === 'string') return;
  const { suite, components = [], key } = packages;
  if (suite !== undefined && suite.endsWith('/') !== (components.length === 0)) {
    const path: Path = [...at, 'components'];
    if (suite.endsWith('/')) report(path, 'components-superfluous');
    else report(path, 'components-missing', { suite });
  }
  const path: Path = [...at, 'key'];
  checkKeyOverHttp(path, key, report);
  if (key === undefined || typeof key === 'string') return;
  if ('url' in key === 'file' in key) {
    report(path, 'key-source-ambiguous');
  } else if (key.file !== undefined) {
    const content = read([...path, 'file'], key.file, report, readFile);
    if (content !== null && !armouredKey.test(content)) {
      report([...path, 'file'], 'key-not-armoured');
    }
  }
}

type Key = Exclude<NonNullable<NonNullable<PartialPlan['kubernetes']>['packages']>, string>['key'];

function checkKeyOverHttp(path: Path, key: Key, report: Report): void {
  const from = typeof key === 'string' ? key : key?.url;
  const isPinned = typeof key === 'object' && key.sha256 !== undefined;
  if (from === undefined || !isPlain(from) || isPinned) return;
  report(typeof key === 'string' ? path : [...path, 'url'], 'key-over-http');
}

function checkCriDockerd(written: WrittenRuntime['criDockerd'], report: Report, readFile: ReadFile): void {
  if (written === undefined) return;
  const path: Path = ['runtime', 'criDockerd'];
  const hasArchive = 'file' in written || 'url' in written;
  const sources = ['file', 'url', 'mirror'].filter((key) => key in written);
  if (sources.length > 1 || (hasArchive && 'version' in written)) report(path, 'cri-dockerd-source-ambiguous');
  else if (written.file !== undefined) {
    const content = read([...path, 'file'], written.file, report, (file) => readFile(file, 'latin1'));
    if (content === null) return;
    const found = sha256Of(content);
    if (!isArchive(content)) report([...path, 'file'], 'cri-dockerd-file-not-archive', { most: mostArchiveMb });
    else if (found !== (written.sha256 ?? found)) report([...path, 'sha256'], 'cri-dockerd-file-mismatch', { found });
  }
  if (written.sha256 !== undefined) return;
  for (const field of ['url', 'mirror'] as const) {
    if (isPlain(written[field] ?? '')) report([...path, field], 'program-over-http');
  }
}

const isPlain = (from: string) => from.startsWith('http://');

function checkPlugin({ network, kubernetes }: PartialPlan, report: Report, readFile: ReadFile): void {
  if (network?.plugin === undefined) return;
  const { plugin, podSubnet = defaultNetwork.podSubnet } = network;
  const path: Path = ['network', 'plugin'];
  const { manifest, mirror } = plugin;
  if (mirror !== undefined && isPlain(mirror) && plugin.sha256 === undefined)
    report([...path, 'mirror'], 'manifest-over-http');
  if (['calico', 'flannel', 'manifest'].filter((key) => key in plugin).length !== 1) {
    report(path, 'plugin-ambiguous');
  } else if (manifest !== undefined && isUrl(manifest)) {
    const raw = rawFile(manifest);
    if (!url.test(manifest)) report([...path, 'manifest'], 'manifest-invalid');
    else if (raw !== null) report([...path, 'manifest'], 'manifest-is-page', { raw });
    else if (isPlain(manifest) && plugin.sha256 === undefined) report([...path, 'manifest'], 'manifest-over-http');
  } else if (manifest !== undefined) {
    const content = read([...path, 'manifest'], manifest, report, readFile);
    if (content !== null) checkManifest(content, { podSubnet, version: kubernetes?.version }, report);
    if (mirror !== undefined) report([...path, 'mirror'], 'plugin-mirror-superfluous');
  }
}

/** The file that a page of GitHub, GitLab or Gitee shows; null: the URL is none of those. */
function rawFile(manifest: string): string | null {
  const isPage = /^https?:\/\/[^/]*(github|gitlab|gitee)[^/]*\/[^?:]+\/blob\//.test(manifest);
  // GitHub sends the file itself for this query.
  const isFile = /^https:\/\/github\.com\/.*\?raw=(true|1)$/.test(manifest);
  return isPage && !isFile ? manifest.replace('/blob/', '/raw/').replace(/\?.*$/, '') : null;
}

/** A file of another range would leave pods without addresses, or with ones that kube-proxy takes for outside. */
function checkManifest(
  content: string,
  { podSubnet, version }: { podSubnet: string; version: string | undefined },
  report: Report,
): void {
  const path: Path = ['network', 'plugin', 'manifest'];
  // Also JSON, as kubectl reads both.
  if (!/^kind:/m.test(content) && !/^\s*\{.*"kind"\s*:/s.test(content)) report(path, 'manifest-without-objects');
  const other = otherRange(content, podSubnet);
  if (other !== null) report(path, 'manifest-other-range', { ...other, subnet: podSubnet });
  const own = ownRange(content, podSubnet);
  if (own !== null) report(path, 'manifest-own-range', { ...own, subnet: podSubnet });
  if (version === undefined) return;
  const minor = minorVersion(readVersion(version).version);
  const api = missingApi(content, minor);
  if (api !== null) report(path, 'manifest-api-missing', { api, version: `1.${minor}` });
}

function read(path: Path, file: string, report: Report, readFile: ReadFile): string | null {
  try {
    return readFile(file);
  } catch (error) {
    report(path, 'file-unreadable', { reason: reasonOf(error) });
    return null;
  }
}
