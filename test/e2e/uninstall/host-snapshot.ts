import { on } from '../../lab/install.ts';

/**
 * What makes a host what it is, as far as muster changes it; one line for each fact, so that two of them can be
 * compared.
 */
export interface HostSnapshot {
  /** Everything below /etc: path -> type, mode, owner and, for a file, its hash, for a link its target. */
  etc: Map<string, string>;
  units: string[];
  holds: string[];
  packages: string[];
  sysctls: string[];
  hostname: string;
}

const sysctlKeys = [
  'net.ipv4.ip_forward',
  'net.bridge.bridge-nf-call-iptables',
  'net.bridge.bridge-nf-call-ip6tables',
  'kernel.panic',
  'kernel.panic_on_oops',
  'vm.overcommit_memory',
  'vm.panic_on_oom',
  'net.ipv4.conf.all.route_localnet',
];

const lines = (text: string) => text.split('\n').filter((line) => line !== '');

export async function snapshot(host: string): Promise<HostSnapshot> {
  const [stats, hashes, units, holds, packages, sysctls, hostname] = await Promise.all([
    on(host, 'find', '/etc', '-printf', '%p\t%y %m %U:%G %l\n'),
    on(host, 'find', '/etc', '-type', 'f', '-exec', 'sha256sum', '{}', '+'),
    on(host, 'systemctl', 'list-unit-files', '--no-legend', '--no-pager', '--plain'),
    on(host, 'apt-mark', 'showhold'),
    on(host, 'dpkg-query', '-W', '-f', `\${binary:Package}\\t\${db:Status-Status}\\n`),
    on(host, 'sysctl', '--ignore', ...sysctlKeys),
    on(host, 'hostname'),
  ]);
  const etc = new Map(lines(stats).map((line) => line.split('\t') as [string, string]));
  for (const line of lines(hashes)) {
    const path = line.slice(66);
    etc.set(path, `${etc.get(path)} ${line.slice(0, 64)}`);
  }
  return {
    etc,
    // The third column is the vendor's preset, which is nobody's setting.
    units: lines(units).map((line) => line.split(/\s+/).slice(0, 2).join(' ')),
    holds: lines(holds),
    packages: lines(packages).filter((line) => line.endsWith('\tinstalled')),
    sysctls: lines(sysctls),
    hostname: hostname.trim(),
  };
}

/** Paths below /etc that are not in both, or not alike. */
export function differentPaths(before: HostSnapshot, after: HostSnapshot): string[] {
  const paths = new Set([...before.etc.keys(), ...after.etc.keys()]);
  return [...paths].filter((path) => before.etc.get(path) !== after.etc.get(path)).sort();
}
