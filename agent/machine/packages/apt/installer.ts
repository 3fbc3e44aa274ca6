import { MusterError } from '../../../../shared/errors/errors.ts';
import type { HostView } from '../../../host/host.ts';
import type { LockMeans, Packages, RunMeans } from '../packages.ts';
import { isInterrupted } from './database.ts';
import { locks, withLock } from './lock.ts';
import { refresh } from './refresh.ts';
import { env, fetchEnv, outputOf, succeed } from './run.ts';
import { runOptions, withoutSources } from './run-config.ts';

type Installer = Pick<Packages, 'finishInterrupted' | 'refresh' | 'install' | 'reinstall' | 'purge'>;

export function aptInstaller(host: HostView): Installer {
  async function run(means: RunMeans, ...[program, args, options]: Parameters<RunMeans['runLong']>): Promise<void> {
    const act = () => means.runLong(program, args, options);
    succeed(await withLock(host, means, { files: locks.packages, run: act, textOf: outputOf }));
  }

  return {
    async finishInterrupted(means) {
      if (!(await isInterrupted(host))) return;
      await run(means, 'dpkg', ['--force-confold', '--configure', '-a'], { env, part: 'configure' });
    },
    refresh: (means) => refresh(host, means),
    async install(packages, means) {
      const args = [
        ...['install', '--yes', '--no-install-recommends', '--allow-change-held-packages', '--allow-downgrades'],
        ...(await runOptions(host)),
        // Keeps the runtime's configuration and the kubelet's environment, which are already written.
        ...['-o', 'Dpkg::Options::=--force-confold', '-o', 'Dpkg::Options::=--force-confdef'],
        '--',
        ...packages.map(({ name, version }) => (version === null ? name : `${name}=${version}`)),
      ];
      await run(means, 'apt-get', args, { env: fetchEnv(means) });
    },
    reinstall: (name, means) => reinstall(host, name, means),
    async purge(names, means) {
      const args = ['purge', '--yes', '--allow-change-held-packages', ...withoutSources, '--', ...names];
      await run(means, 'apt-get', args, { env });
    },
  };
}

async function reinstall(host: HostView, name: string, means: LockMeans): Promise<void> {
  const options = await runOptions(host);
  const apt = (...args: string[]) =>
    withLock(host, means, {
      files: [...locks.indexes, ...locks.packages],
      run: () => host.run('apt-get', args, { env, timeoutMs: 300_000 }),
      textOf: ({ stderr }) => stderr,
    });
  const again = async () => {
    const { exitCode, stdout } = await apt('install', '--reinstall', '--yes', ...options, '--', name);
    // apt ends with 0 when it finds the package in no index, as on an image whose indexes were deleted.
    return exitCode === 0 && !/^Reinstallation of .* is not possible/m.test(stdout);
  };
  if (await again()) return;
  // A dead repository of others makes it fail and does not matter.
  await apt('update', ...options);
  if (await again()) return;
  const reason = { en: `no package source offers ${name}`, zh: `没有软件源提供 ${name}` };
  throw new MusterError('packages-failed', {
    reason,
    repair: `apt-get update && apt-get install --reinstall ${name}`,
  });
}
