import { pauseImage } from '../../kubeadm/runtime.ts';
import type { ClusterSettings } from '../../plan/schema.ts';
import { hostFiles } from './files.ts';

/**
 * Where containerd finds mirrors: `folder`, hosts.toml files, which 1.5 and later read and 2.x insists on; `inline`, in config.toml
 * itself, for containerd 1.4 (Debian 11), which does not know that folder. Both at once are refused by containerd.
 */
export type RegistryStyle = 'folder' | 'inline';

/**
 * /etc/containerd/config.toml. Version 2 is what 1.3 to 1.7 read, and 2.x migrates it to its own version 3 while it starts. The whole
 * file is muster's: packages ship one that turns the CRI plugin off (containerd.io) or moves the CNI folder (Debian).
 */
export function containerdConfigToml(settings: ClusterSettings, style: RegistryStyle = 'folder'): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  const { version, imageRepository } = settings.kubernetes;
  const registry =
    style === 'folder'
      ? [`  [${cri}.registry]`, `    config_path = ${quote(hostFiles.containerdRegistries)}`]
      : inlineRegistries(settings).flatMap(([name, endpoints]) => [
          `  [${cri}.registry.mirrors.${quote(name)}]`,
          `    endpoint = [${endpoints.map(quote).join(', ')}]`,
        ]);
  return `${[
    '# Written by muster.',
    'version = 2',
    '',
    `[${cri}]`,
    `  sandbox_image = ${quote(pauseImage(version, imageRepository))}`,
    `  [${cri}.containerd.runtimes.runc]`,
    '    runtime_type = "io.containerd.runc.v2"',
    `    [${cri}.containerd.runtimes.runc.options]`,
    '      SystemdCgroup = true',
    ...registry,
  ].join('\n')}\n`;
}

/**
 * A hosts.toml for every registry with a mirror or without TLS. The registry itself stays the last resort; one without TLS has to stand
 * there as a host of its own, because containerd 1.6 takes no notice of `server` in a file that names no host.
 */
export function containerdHostsToml({
  runtime,
}: Pick<ClusterSettings, 'runtime'>): { path: string; content: string }[] {
  return registryNames(runtime).map((name) => {
    const plain = runtime.insecureRegistries.includes(name) ? [`http://${name}`] : [];
    const lines = ['# Written by muster.', ...plain.map((url) => `server = ${quote(url)}`)];
    for (const url of new Set([...(runtime.registryMirrors[name] ?? []), ...plain])) {
      lines.push('', `[host.${quote(url)}]`, '  capabilities = ["pull", "resolve"]');
    }
    return { path: `${hostFiles.containerdRegistries}/${name}/hosts.toml`, content: `${lines.join('\n')}\n` };
  });
}

/** The registry itself comes last; for docker.io that is another host, which containerd adds by itself. */
function inlineRegistries({ runtime }: ClusterSettings): [name: string, endpoints: string[]][] {
  return registryNames(runtime).map((name) => {
    const mirrors = runtime.registryMirrors[name] ?? [];
    return [name, runtime.insecureRegistries.includes(name) ? [...mirrors, `http://${name}`] : mirrors];
  });
}

function registryNames(runtime: ClusterSettings['runtime']): string[] {
  return [...new Set([...Object.keys(runtime.registryMirrors), ...runtime.insecureRegistries])].sort();
}

/** A TOML basic string; JSON's escapes are a subset of TOML's. */
function quote(text: string): string {
  return JSON.stringify(text);
}
