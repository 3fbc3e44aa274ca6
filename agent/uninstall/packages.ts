import { basename } from 'node:path';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';
import type { RunMeans } from '../machine/packages/packages.ts';
import { changeUnit } from '../machine/unit.ts';
import type { FileRecord } from '../prior/record.ts';
import type { PackageChanges } from '../steps/package-changes.ts';
import { keepingFilesOfOthers } from './purged-folders.ts';

/** Disables and stops units that packages enabled during installation. */
export async function disableUnits(host: Host, { paths }: PackageChanges): Promise<void> {
  const links = paths.filter((path) => /^\/etc\/systemd\/system\/[^/]+\.(wants|requires)\/[^/]+$/.test(path));
  for (const path of links) {
    if ((await host.readLink(path)) !== null) {
      await changeUnit(host, 'disable --now', basename(path));
    }
  }
}

/** Disables and stops services that muster wrote, while systemd still knows their files. */
export async function disableOwnUnits(host: Host, files: readonly FileRecord[]): Promise<void> {
  const own = files.filter(
    ({ path, was }) => /^\/etc\/systemd\/system\/[^/]+\.service$/.test(path) && was.state === 'absent',
  );
  for (const { path } of own) if (await host.exists(path)) await changeUnit(host, 'disable --now', basename(path));
}

/**
 * Purges packages that muster's installations added, unless packages installed later need them. Returns the names of
 * those that stay. Throws MusterError `packages-failed` or `program-failed`.
 */
export async function purgePackages(
  host: Host,
  changes: PackageChanges,
  say: (line: LocalText) => void,
): Promise<string[]> {
  const manager = await packagesOf(host);
  const installed = new Set(await manager.installedNames());
  const ours = changes.packages.filter((name) => installed.has(name));
  const doomed = await manager.unneeded(ours);
  if (doomed.length > 0) {
    say({ en: `purging packages: ${doomed.join(', ')}`, zh: `正在清除软件包：${doomed.join('、')}` });
    const onLine = (line: string) => say(verbatim(line));
    const means: RunMeans = {
      runLong: (program, args, options) => host.runUnit('uninstall-packages', program, args, { ...options, onLine }),
      say,
      sleep: (ms) => host.sleep(ms),
    };
    await keepingFilesOfOthers(host, changes, () => manager.purge(doomed, means));
  }
  return ours.filter((name) => !doomed.includes(name));
}
