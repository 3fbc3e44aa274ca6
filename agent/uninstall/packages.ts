import { basename } from 'node:path';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { changeUnit } from '../machine/unit.ts';
import type { PackageChanges } from '../steps/package-changes.ts';

/** Units that packages have enabled by themselves are disabled and stopped: before muster there were none. */
export async function disableUnits(host: Host, { paths }: PackageChanges): Promise<void> {
  const links = paths.filter((path) => /^\/etc\/systemd\/system\/[^/]+\.(wants|requires)\/[^/]+$/.test(path));
  for (const path of links) {
    if ((await host.readLink(path)) !== null) {
      await changeUnit(host, 'disable --now', basename(path));
    }
  }
}

/**
 * Purges what muster's installations have brought, but for packages that others, installed since, need. Returns the names of those that
 * stay. Throws MusterError `packages-failed`.
 */
export async function purgePackages(
  host: Host,
  { packages }: PackageChanges,
  say: (line: LocalText) => void,
): Promise<string[]> {
  const manager = await packagesOf(host);
  const installed = new Set(await manager.installedNames());
  const ours = packages.filter((name) => installed.has(name));
  const doomed = await manager.unneeded(ours);
  if (doomed.length > 0) {
    say({ en: `purging packages: ${doomed.join(', ')}`, zh: `正在清除软件包：${doomed.join('、')}` });
    await manager.purge(doomed, (program, args, options) =>
      host.runUnit('uninstall-packages', program, args, { ...options, onLine: (line) => say(verbatim(line)) }),
    );
  }
  return ours.filter((name) => !doomed.includes(name));
}
