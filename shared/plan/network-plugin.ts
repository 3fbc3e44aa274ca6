import type { NetworkPlugin } from './schema.ts';
import type { WrittenPlan } from './written.ts';

/** Resolves the network plugin's manifest. `readFile` reads a file beside the plan; its errors are passed on. */
export function networkPlugin(
  { calico, flannel, manifest = '' }: WrittenPlan['network']['plugin'],
  readFile: (path: string) => string,
): NetworkPlugin {
  if (calico !== undefined) {
    const version = withV(calico);
    const url = `https://raw.githubusercontent.com/projectcalico/calico/${version}/manifests/calico.yaml`;
    return { title: `Calico ${version}`, kind: 'calico', manifest: { url } };
  }
  if (flannel !== undefined) {
    const version = withV(flannel);
    const url = `https://github.com/flannel-io/flannel/releases/download/${version}/kube-flannel.yml`;
    return { title: `Flannel ${version}`, kind: 'flannel', manifest: { url } };
  }
  return {
    title: `manifest ${manifest}`,
    kind: 'manifest',
    manifest: isUrl(manifest) ? { url: manifest } : { text: readFile(manifest) },
  };
}

export function isUrl(manifest: string): boolean {
  return /^https?:\/\//.test(manifest);
}

function withV(version: string): string {
  return version.startsWith('v') ? version : `v${version}`;
}
