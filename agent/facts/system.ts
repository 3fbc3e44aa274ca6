import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { Facts } from '../../shared/protocol/facts.ts';

type Parts = Pick<
  Facts,
  'memoryBytes' | 'disks' | 'virtualization' | 'productUuid' | 'addresses' | 'arch' | 'cpuCount' | 'root'
>;

/**
 * Facts from systeminformation, which only this file calls. Its functions start programs, so only cheap ones are used,
 * in parallel (about 40 ms).
 */
export async function systemFacts(): Promise<Parts> {
  const { cpus } = await import('node:os');
  const { default: si } = await import('systeminformation');
  const [memory, disks, system] = await Promise.all([
    si.mem().catch(() => null),
    si.fsSize().catch(() => []),
    si.system().catch(() => null),
  ]);
  return {
    memoryBytes: memory !== null && memory.total > 0 ? memory.total : null,
    disks: relevantDisks(disks.map(({ mount, size, available }) => ({ mount, sizeBytes: size, freeBytes: available }))),
    virtualization: system?.virtual === true ? system.virtualHost || 'unknown' : null,
    productUuid: system?.uuid || null,
    addresses: addresses(),
    arch: process.arch,
    cpuCount: cpus().length || null,
    root: process.geteuid?.() === 0,
  };
}

/** The file systems that hold /, /var/lib and /etc: the longest mount point above each path. */
export function relevantDisks(disks: Facts['disks']): Facts['disks'] {
  const holding = (path: string) =>
    disks
      .filter(({ mount }) => mount === '/' || path === mount || path.startsWith(`${mount}/`))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
  return [...new Set(['/', '/var/lib', '/etc'].flatMap((path) => holding(path) ?? []))];
}

/** All addresses of all interfaces. */
export function addresses(): Facts['addresses'] {
  return Object.entries(networkInterfaces()).flatMap(([name, entries]) =>
    (entries ?? []).map(({ address, mac, family }) => ({
      interface: name,
      address,
      mac,
      family: family === 'IPv6' ? ('ipv6' as const) : ('ipv4' as const),
    })),
  );
}

/**
 * Addresses that a name resolves to on this host. Limited to 500 ms, so that a dead nameserver does not delay the first
 * report.
 */
export async function resolve(name: string): Promise<string[]> {
  const found = lookup(name, { all: true }).then(
    (entries) => entries.map(({ address }) => address),
    () => [],
  );
  const { promise, resolve: give } = Promise.withResolvers<string[]>();
  const timer = setTimeout(() => give([]), 500);
  return Promise.race([found, promise]).finally(() => clearTimeout(timer));
}
