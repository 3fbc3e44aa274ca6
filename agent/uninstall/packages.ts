import { basename } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import { installedNames, type PackageChanges } from '../steps/package-changes.ts';

/** Units that packages have enabled by themselves are disabled and stopped: before muster there were none. */
export async function disableUnits(host: Host, { paths }: PackageChanges): Promise<void> {
  const links = paths.filter((path) => /^\/etc\/systemd\/system\/[^/]+\.(wants|requires)\/[^/]+$/.test(path));
  for (const path of links) {
    if ((await host.readLink(path)) !== null) {
      await output(host, 'systemctl', ['disable', '--now', basename(path)], { timeoutMs: 180_000 });
    }
  }
}

/**
 * Purges what muster's installations have brought, but for packages that others, installed since, need. Returns the names of those that
 * stay. Throws MusterError `packages-not-purged`.
 */
export async function purgePackages(
  host: Host,
  { packages }: PackageChanges,
  say: (line: string) => void,
): Promise<string[]> {
  const installed = new Set(await installedNames(host));
  const ours = packages.filter((name) => installed.has(name));
  const doomed = await withoutNeeded(host, ours);
  if (doomed.length > 0) {
    say(`purging ${doomed.join(', ')}`);
    const args = ['purge', '--yes', '--allow-change-held-packages', '-o', 'DPkg::Lock::Timeout=300', ...doomed];
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    const result = await host.runUnit('uninstall-packages', 'apt-get', args, { env, onLine: say });
    if (result.exitCode !== 0) {
      throw new MusterError('packages-not-purged', `apt-get purge failed: ${result.tail.slice(-3).join(' / ')}`, {
        remedy: 'on this host: apt-get install --fix-broken, then try again',
      });
    }
  }
  return ours.filter((name) => !doomed.includes(name));
}

/** Leaves out what apt would have to take along other packages for, until it would take nothing else along. */
async function withoutNeeded(host: Host, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const plan = await output(host, 'apt-get', ['--simulate', 'purge', '--allow-change-held-packages', ...names]);
  const gone = [...plan.matchAll(/^(?:Purg|Remv) (\S+)/gm)].map((match) => match[1] ?? '');
  const bare = (name: string) => name.replace(/:.*/, '');
  const others = gone.filter((name) => !names.some((ours) => bare(ours) === bare(name)));
  if (others.length === 0) return [...names];
  const format = `\${Depends}, \${Pre-Depends}\\n`;
  const needs = await output(host, 'dpkg-query', ['-W', '-f', format, ...others]);
  const needed = new Set(needs.split(/[,|\n]/).map((one) => bare(one.trim().replace(/[ (].*/, ''))));
  const rest = names.filter((name) => !needed.has(bare(name)));
  return rest.length === names.length ? [] : withoutNeeded(host, rest);
}
