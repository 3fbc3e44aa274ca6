import { pauseImage } from '../../kubeadm/runtime.ts';
import { mirrorApi } from '../../mirror-api.ts';
import type { ClusterSettings } from '../../plan/schema.ts';
import { hostFiles } from './files.ts';

/**
 * Location of containerd's mirror configuration. `folder`: hosts.toml files, supported since 1.5 and required by 2.x;
 * `inline`: config.toml, for containerd 1.4 (Debian 11). containerd rejects both at once.
 */
export type RegistryStyle = 'folder' | 'inline';

/**
 * /etc/containerd/config.toml where the host has none. Uses version 2, which 1.3 to 1.7 read and 2.x migrates to version
 * 3 at startup.
 */
export function containerdConfigToml(
  settings: ClusterSettings,
  style: RegistryStyle = 'folder',
  sandboxImage: string = pauseImage(settings.kubernetes),
): string {
  const cri = 'plugins."io.containerd.grpc.v1.cri"';
  const registry =
    style === 'folder'
      ? [`  [${cri}.registry]`, `    config_path = ${quote(hostFiles.containerdRegistries)}`]
      : Object.entries(registryEndpoints(settings)).flatMap(([name, endpoints]) => [
          `  [${cri}.registry.mirrors.${quote(name)}]`,
          `    endpoint = [${endpoints.map(quote).join(', ')}]`,
        ]);
  return `${[
    '# Written by muster.',
    'version = 2',
    '',
    `[${cri}]`,
    `  sandbox_image = ${quote(sandboxImage)}`,
    `  [${cri}.containerd.runtimes.runc]`,
    '    runtime_type = "io.containerd.runc.v2"',
    `    [${cri}.containerd.runtimes.runc.options]`,
    '      SystemdCgroup = true',
    `  [${cri}.cni]`,
    '    bin_dir = "/opt/cni/bin"',
    ...registry,
  ].join('\n')}\n`;
}

/**
 * A hosts.toml for each registry with a mirror or without TLS. The registry itself comes last; without TLS it must be
 * listed as a host, because containerd 1.6 ignores `server` in a file without hosts.
 */
export function containerdHostsToml({
  runtime,
}: Pick<ClusterSettings, 'runtime'>): { path: string; content: string }[] {
  return registryNames(runtime).map((name) => {
    const plain = runtime.insecureRegistries.includes(name) ? [`http://${name}`] : [];
    const lines = ['# Written by muster.', ...plain.map((url) => `server = ${quote(url)}`)];
    for (const url of new Set([...(runtime.registryMirrors[name] ?? []), ...plain])) {
      const api = mirrorApi(url);
      lines.push('', `[host.${quote(api?.root ?? url)}]`, '  capabilities = ["pull", "resolve"]');
      if (api !== null) lines.push('  override_path = true');
    }
    return { path: `${hostFiles.containerdRegistries}/${name}/hosts.toml`, content: `${lines.join('\n')}\n` };
  });
}

/**
 * Endpoints by registry, as config.toml lists them: the registry itself comes last, except docker.io, whose host
 * containerd adds automatically.
 */
export function registryEndpoints({ runtime }: Pick<ClusterSettings, 'runtime'>): Record<string, string[]> {
  return Object.fromEntries(
    registryNames(runtime).map((name) => {
      const mirrors = (runtime.registryMirrors[name] ?? []).map((url) => mirrorApi(url)?.root ?? url);
      return [name, runtime.insecureRegistries.includes(name) ? [...mirrors, `http://${name}`] : mirrors];
    }),
  );
}

function registryNames(runtime: ClusterSettings['runtime']): string[] {
  return [...new Set([...Object.keys(runtime.registryMirrors), ...runtime.insecureRegistries])].sort();
}

/** Quotes a TOML basic string; JSON's escapes are a subset of TOML's. */
function quote(text: string): string {
  return JSON.stringify(text);
}
