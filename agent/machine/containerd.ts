import type { Facts } from '../../shared/protocol/facts.ts';
import type { Change } from '../../shared/steps/change.ts';
import type { RegistryStyle } from '../../shared/steps/content/containerd.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import type { HostView } from '../host/host.ts';

export const containerdSocket = '/run/containerd/containerd.sock';

/** Settings from config.toml; containerd does not report its active settings. */
export interface ContainerdConfig {
  /** null: not set. */
  systemdCgroup: boolean | null;
  criDisabled: boolean;
  sandboxImage: string | null;
}

/** null: config.toml does not exist. */
export async function readContainerdConfig(host: Pick<HostView, 'readFile'>): Promise<ContainerdConfig | null> {
  const content = await host.readFile(hostFiles.containerdConfig);
  if (content === null) return null;
  const text = content.replace(/^\s*#.*$/gm, '');
  const systemdCgroup = /^\s*SystemdCgroup\s*=\s*(true|false)/m.exec(text)?.[1];
  return {
    systemdCgroup: systemdCgroup === undefined ? null : systemdCgroup === 'true',
    criDisabled: /^\s*disabled_plugins\s*=\s*\[[^\]]*"(cri|io\.containerd\.(grpc|cri)\.v1[^"]*)"/m.test(text),
    sandboxImage: /^\s*sandbox(?:_image)?\s*=\s*["']([^"']+)["']/m.exec(text)?.[1] ?? null,
  };
}

/**
 * Debian 11 ships containerd 1.4, which does not support a registry folder. The configuration is written before
 * containerd is installed, so the distribution decides.
 */
export function registryStyleOf({ os, runtimes }: Pick<Facts, 'os' | 'runtimes'>, packageName: string): RegistryStyle {
  const installed = runtimes.find(({ name }) => name === 'containerd')?.version;
  const isOld = installed == null ? isDebian11(os) && packageName === 'containerd' : /^1\.[0-4]\./.test(installed);
  return isOld ? 'inline' : 'folder';
}

const isDebian11 = ({ id, versionId }: Facts['os']) => id === 'debian' && versionId === '11';

/** Paths of the hosts.toml files that muster wrote. */
export async function ownRegistryFiles(host: Pick<HostView, 'list' | 'readFile'>): Promise<string[]> {
  const names = await host.list(hostFiles.containerdRegistries);
  const paths = names.map((name) => `${hostFiles.containerdRegistries}/${name}/hosts.toml`);
  const texts = await Promise.all(paths.map((path) => host.readFile(path)));
  return paths.filter((_, index) => texts[index]?.startsWith('# Written by muster.') === true);
}

const staleFiles = async ({ keep }: Change<'other-registries'>, host: HostView) =>
  (await ownRegistryFiles(host)).filter((path) => !keep.includes(path));

export const otherRegistries: Resource<'other-registries'> = {
  async look(change, host) {
    const [first] = await staleFiles(change, host);
    return first === undefined ? done : todo({ en: `${first}: not planned`, zh: `${first}：不在计划中` });
  },
  async set(change, { host }) {
    for (const path of await staleFiles(change, host)) await host.removeFile(path);
  },
};
