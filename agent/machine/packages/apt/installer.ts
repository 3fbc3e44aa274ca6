import { MusterError } from '../../../../shared/errors/errors.ts';
import type { HostView, UnitResult } from '../../../host/host.ts';
import { output } from '../../program.ts';
import type { InstallMeans, Packages, RefreshMeans } from '../packages.ts';
import { isInterrupted } from './database.ts';

type Installer = Pick<Packages, 'finishInterrupted' | 'refresh' | 'install' | 'reinstall' | 'purge'>;

/** Another apt, such as the unattended upgrade after boot, may hold the lock for minutes. */
const waitForLock = (seconds: number) => ['-o', `DPkg::Lock::Timeout=${seconds}`];
const env = { DEBIAN_FRONTEND: 'noninteractive' };
const refreshAttempts = 5;

/** apt reads proxy variables in lower case. */
function fetchEnv({ proxy }: InstallMeans): Record<string, string> {
  return { ...env, ...Object.fromEntries(Object.entries(proxy).map(([name, value]) => [name.toLowerCase(), value])) };
}

export function aptInstaller(host: HostView): Installer {
  return {
    async finishInterrupted(runLong) {
      if (!(await isInterrupted(host))) return;
      succeed(await runLong('dpkg', ['--force-confold', '--configure', '-a'], { env, part: 'configure' }));
    },
    refresh,
    async install(packages, means) {
      const args = [
        ...['install', '--yes', '--no-install-recommends', '--allow-change-held-packages', '--allow-downgrades'],
        ...waitForLock(300),
        // Keeps the runtime's configuration and the kubelet's environment, which are already written.
        ...['-o', 'Dpkg::Options::=--force-confold', '-o', 'Dpkg::Options::=--force-confdef'],
        '--',
        ...packages.map(({ name, version }) => (version === null ? name : `${name}=${version}`)),
      ];
      succeed(await means.runLong('apt-get', args, { env: fetchEnv(means) }));
    },
    async reinstall(name) {
      const again = async () => {
        const args = ['install', '--reinstall', '--yes', ...waitForLock(60), '--', name];
        const said = await output(host, 'apt-get', args, { env, timeoutMs: 300_000 });
        // apt ends with 0 when it finds the package in no index, as on an image whose indexes were deleted.
        return !/^Reinstallation of .* is not possible/m.test(said);
      };
      if (await again()) return;
      await output(host, 'apt-get', ['update', ...waitForLock(60)], { env, timeoutMs: 300_000 });
      if (await again()) return;
      const reason = { en: `no package source offers ${name}`, zh: `没有软件源提供 ${name}` };
      throw new MusterError('packages-failed', {
        reason,
        repair: `apt-get update && apt-get install --reinstall ${name}`,
      });
    },
    async purge(names, runLong) {
      const args = ['purge', '--yes', '--allow-change-held-packages', ...waitForLock(300), '--', ...names];
      succeed(await runLong('apt-get', args, { env }));
    },
  };
}

/** Retries temporary failures: a mirror being synchronised, a network that just came up, another running apt. */
async function refresh(means: RefreshMeans): Promise<void> {
  const unreached = `Failed to fetch ${means.url}`;
  for (let attempt = 1; ; attempt++) {
    const args = ['update', ...waitForLock(300)];
    const result = await means.runLong('apt-get', args, { env: fetchEnv(means), part: 'update' });
    // For apt, an unreachable source is only a warning: it continues with its old index.
    const failed = result.exitCode !== 0 || result.tail.some((line) => line.includes(unreached));
    if (!failed) return;
    if (attempt === refreshAttempts) throw aptFailed(result);
    means.say(`apt-get update failed; retrying in ${attempt * 2} s`);
    await means.sleep(attempt * 2000);
  }
}

function succeed(result: UnitResult): void {
  if (result.exitCode !== 0) throw aptFailed(result);
}

function aptFailed({ tail }: UnitResult): MusterError {
  const errors = tail.filter((line) => /^(E:|Err:|W: Failed|dpkg: error)/.test(line));
  const said = (errors.length > 0 ? errors : tail).slice(-3).join(' / ');
  return new MusterError('packages-failed', {
    reason: said || { en: 'apt was interrupted', zh: 'apt 被中断' },
    repair: 'apt-get update && apt-get install --fix-broken',
  });
}
