import { lookup } from 'node:dns/promises';
import { networkInterfaces } from 'node:os';
import type { Facts } from '../../shared/protocol/facts.ts';

type Parts = Pick<
  Facts,
  'memoryBytes' | 'disks' | 'virtualization' | 'productUuid' | 'addresses' | 'arch' | 'cpuCount' | 'root'
>;

/**
 * What the system libraries tell. The only file that calls systeminformation: its functions start programs of their own, so only cheap ones
 * are called, side by side (about 40 ms).
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

/** The file systems that hold /, /var/lib and /etc: for each path the longest mount above it. */
export function relevantDisks(disks: Facts['disks']): Facts['disks'] {
  const holding = (path: string) =>
    disks
      .filter(({ mount }) => mount === '/' || path === mount || path.startsWith(`${mount}/`))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
  return [...new Set(['/', '/var/lib', '/etc'].flatMap((path) => holding(path) ?? []))];
}

/** Every address of every interface. */
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

/** What a name resolves to here. A nameserver that does not answer must not hold up the first report: 500 ms at the most. */
export async function resolve(name: string): Promise<string[]> {
  const found = lookup(name, { all: true }).then(
    (entries) => entries.map(({ address }) => address),
    () => [],
  );
  const { promise, resolve: give } = Promise.withResolvers<string[]>();
  const timer = setTimeout(() => give([]), 500);
  return Promise.race([found, promise]).finally(() => clearTimeout(timer));
}
