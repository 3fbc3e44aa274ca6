import type { ReadFile } from './files.ts';
import type { NetworkPlugin } from './schema.ts';
import type { WrittenPlan } from './written.ts';

/**
 * Resolves the network plugin's manifest. `readFile` reads a file beside the plan; its errors are passed on. A mirror
 * serves a URL below its own, without the scheme, as GitHub proxies do.
 */
export function networkPlugin(
  { calico, flannel, manifest = '', mirror, sha256 }: WrittenPlan['network']['plugin'],
  readFile: ReadFile,
): NetworkPlugin {
  const at = (url: string) => ({
    url: mirror === undefined ? url : mirrored(mirror, url),
    ...(sha256 === undefined ? {} : { sha256 }),
  });
  if (calico !== undefined) {
    const version = withV(calico);
    const url = `https://raw.githubusercontent.com/projectcalico/calico/${version}/manifests/calico.yaml`;
    return { title: `Calico ${version}`, kind: 'calico', manifest: at(url) };
  }
  if (flannel !== undefined) {
    const version = withV(flannel);
    const url = `https://github.com/flannel-io/flannel/releases/download/${version}/kube-flannel.yml`;
    return { title: `Flannel ${version}`, kind: 'flannel', manifest: at(url) };
  }
  return {
    title: `manifest ${manifest}`,
    kind: 'manifest',
    manifest: isUrl(manifest) ? at(manifest) : { text: readFile(manifest) },
  };
}

/** Some proxies take the URL with its scheme; their own ends with that. */
function mirrored(mirror: string, url: string): string {
  if (/.https?:\/\/$/.test(mirror)) return mirror.replace(/https?:\/\/$/, url);
  return `${mirror.replace(/\/+$/, '')}/${url.replace(/^https?:\/\//, '')}`;
}

export function isUrl(manifest: string): boolean {
  return /^https?:\/\//.test(manifest);
}

/** The first releases whose manifest is published at the URL, and the first minor version with the API policy/v1. */
export const limits = { calico: 'v3.24.0', flannel: 'v0.20.2', policyApi: 21 } as const;
/** Calico's first release with images on quay.io. */
const calicoOnQuay = 'v3.31.0';
/** Flannel's first release with images on ghcr.io. */
const flannelOnGhcr = 'v0.26.0';

/** Whether a release such as v3.24.1 precedes another one; a suffix such as -rc1 is ignored. */
export function isBefore(release: string, other: string): boolean {
  const [a, b] = [release, other].map((text) => text.replace(/^v/, '').replace(/-.*/, '').split('.').map(Number));
  const index = [0, 1, 2].find((part) => a?.[part] !== b?.[part]) ?? 0;
  return (a?.[index] ?? 0) < (b?.[index] ?? 0);
}

/** The registry of the images of a release; null: not known. */
export function imageRegistry(plugin: { calico?: string | undefined; flannel?: string | undefined }): string | null {
  if (plugin.calico !== undefined) return isBefore(plugin.calico, calicoOnQuay) ? 'docker.io' : 'quay.io';
  return plugin.flannel === undefined ? null : isBefore(plugin.flannel, flannelOnGhcr) ? 'docker.io' : 'ghcr.io';
}

function withV(version: string): string {
  return version.startsWith('v') ? version : `v${version}`;
}
