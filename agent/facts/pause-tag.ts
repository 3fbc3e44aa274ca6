import { isVersion } from '../../shared/compatibility/versions.ts';
import type { ClusterSettings } from '../../shared/plan/schema.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

/**
 * The tag of the sandbox image that kubeadm lists. Uses no network, because the version is given. null: the planned
 * version is not installed, or lists none.
 */
export async function pauseTagOf(
  host: Host,
  { kubernetes: { version } }: ClusterSettings,
  packages: Facts['packages'],
): Promise<string | null> {
  const installed = packages.kubeadm ?? null;
  if (installed === null || !isVersion(installed, version)) return null;
  const list = ['config', 'images', 'list', '--kubernetes-version', `v${version}`];
  const { exitCode, stdout } = await host.run('kubeadm', list, { timeoutMs: 10_000 });
  return exitCode === 0 ? (/\/pause:(\w[\w.-]{0,127})$/m.exec(stdout)?.[1] ?? null) : null;
}
