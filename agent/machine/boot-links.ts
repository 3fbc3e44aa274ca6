import type { Host } from '../host/host.ts';
import { unitFolders } from './unit-command.ts';

const system = '/etc/systemd/system';

/** Units enabled at boot, read from systemd's links without starting a program. */
export async function enabledUnits(host: Host): Promise<Set<string>> {
  const folders = (await host.list(system)).filter((name) => name.endsWith('.wants'));
  const names = await Promise.all(folders.map((folder) => host.list(`${system}/${folder}`)));
  return new Set(names.flat());
}

/** Whether the host has the unit and it is not masked. */
export async function isInstalled(host: Host, unit: string): Promise<boolean> {
  if ((await host.readLink(`${system}/${unit}`)) === '/dev/null') return false;
  return (await Promise.all(unitFolders.map((folder) => host.exists(`${folder}/${unit}`)))).includes(true);
}
