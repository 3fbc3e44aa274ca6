import type { Host } from '../host/host.ts';
import { changeUnit, isActive, reloadUnits } from '../machine/unit.ts';

/** Services that read files below a folder, and how to make them reload. */
const readers: readonly { folder: string; service: string; tell(host: Host): Promise<unknown> }[] = [
  {
    folder: '/etc/systemd/journald.conf.d',
    service: 'systemd-journald',
    tell: (host) => changeUnit(host, 'restart', 'systemd-journald'),
  },
  {
    folder: '/etc/NetworkManager',
    service: 'NetworkManager',
    tell: (host) => changeUnit(host, 'reload', 'NetworkManager'),
  },
  { folder: '/etc/firewalld', service: 'firewalld', tell: (host) => host.run('firewall-cmd', ['--reload']) },
  { folder: '/etc/ufw', service: 'ufw', tell: (host) => host.run('ufw', ['reload']) },
];

/** Makes running services reload these files. Throws MusterError `program-failed`. */
export async function reloadFor(host: Host, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  // systemd reads its unit files at the next boot at the latest.
  await reloadUnits(host).catch(() => undefined);
  const changed = readers.filter(({ folder }) => paths.some((path) => path.startsWith(`${folder}/`)));
  for (const { service, tell } of changed) if (await isActive(host, service)) await tell(host);
}
