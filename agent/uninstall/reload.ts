import type { Host } from '../host/host.ts';

/** Who has to read its configuration again when files below a folder have changed; a service that does not run is left alone. */
const readers: readonly { folder: string; service: string; argv: readonly [string, ...string[]] }[] = [
  {
    folder: '/etc/systemd/journald.conf.d',
    service: 'systemd-journald',
    argv: ['systemctl', 'restart', 'systemd-journald'],
  },
  { folder: '/etc/NetworkManager', service: 'NetworkManager', argv: ['systemctl', 'reload', 'NetworkManager'] },
  { folder: '/etc/firewalld', service: 'firewalld', argv: ['firewall-cmd', '--reload'] },
  { folder: '/etc/ufw', service: 'ufw', argv: ['ufw', 'reload'] },
];

/** Lets the services of this host see that these files are as before. */
export async function reloadFor(host: Host, paths: readonly string[]): Promise<void> {
  const changed = (folder: string) => paths.some((path) => path.startsWith(`${folder}/`));
  if (paths.length > 0) await host.run('systemctl', ['daemon-reload']);
  for (const {
    folder,
    service,
    argv: [program, ...args],
  } of readers) {
    if (!changed(folder)) continue;
    if ((await host.run('systemctl', ['is-active', '--quiet', service])).exitCode === 0) await host.run(program, args);
  }
}
