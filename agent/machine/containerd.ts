import type { Facts } from '../../shared/protocol/facts.ts';
import type { Change } from '../../shared/steps/change.ts';
import type { RegistryStyle } from '../../shared/steps/content/containerd.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import type { HostView } from '../host/host.ts';
import { isOwnFile, withoutBlock } from './hosts-toml.ts';

export const containerdSocket = '/run/containerd/containerd.sock';

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

/** Paths of the hosts.toml files that muster wrote or added hosts to. */
export async function ownRegistryFiles(host: Pick<HostView, 'list' | 'readFile'>): Promise<string[]> {
  const names = await host.list(hostFiles.containerdRegistries);
  const paths = names.map((name) => `${hostFiles.containerdRegistries}/${name}/hosts.toml`);
  const texts = await Promise.all(paths.map(async (path) => (await host.readFile(path)) ?? ''));
  return paths.filter((_, index) => isOwnFile(texts[index] ?? '') || withoutBlock(texts[index] ?? '') !== texts[index]);
}

const staleFiles = async ({ keep }: Change<'other-registries'>, host: HostView) =>
  (await ownRegistryFiles(host)).filter((path) => !keep.includes(path));

export const otherRegistries: Resource<'other-registries'> = {
  async look(change, host) {
    const [first] = await staleFiles(change, host);
    return first === undefined ? done : todo({ en: `${first}: not planned`, zh: `${first}：不在计划中` });
  },
  async set(change, { host }) {
    for (const path of await staleFiles(change, host)) {
      const text = (await host.readFile(path)) ?? '';
      await (isOwnFile(text) ? host.removeFile(path) : host.writeFile(path, withoutBlock(text)));
    }
  },
};
