import { runtimeVersion } from '../../shared/compatibility/runtime-version.ts';
import { compareVersions } from '../../shared/compatibility/versions.ts';
import type { Runtime } from '../../shared/plan/schema.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Change } from '../../shared/steps/change.ts';
import type { RegistryStyle } from '../../shared/steps/content/containerd.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import type { HostView } from '../host/host.ts';
import { isOwnFile, withoutBlock } from './hosts-toml.ts';

export const containerdSocket = '/run/containerd/containerd.sock';

/**
 * containerd before 1.5 does not support a registry folder. The configuration is written before containerd is
 * installed, so the version that would be installed decides, or the release if that is not known.
 */
export function registryStyleOf(facts: Pick<Facts, 'os' | 'packages' | 'reach'>, runtime: Runtime): RegistryStyle {
  const { version } = runtimeVersion(facts, runtime);
  if (version !== null) return compareVersions(version, '1.5') < 0 ? 'inline' : 'folder';
  return isDebian11(facts.os) && runtime.packages === null && runtime.package === 'containerd' ? 'inline' : 'folder';
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
