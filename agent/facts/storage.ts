import { agentPaths } from '../../shared/paths.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

type Storage = Facts['storage'];

const places = ['/', '/var/lib', '/etc'];
const probes = 5;

/** File systems. `measure`: also measures write latency, which requires the agent's state folder. */
export async function storageFacts(host: Host, { measure }: { measure: boolean }): Promise<Storage> {
  const [mounts, inodes, syncMs] = await Promise.all([
    mountFacts(host),
    host.inodes('/var/lib'),
    measure ? syncTime(host) : null,
  ]);
  return { mounts, inodes, syncMs, lockedFiles: null };
}

async function mountFacts(host: Host): Promise<Storage['mounts']> {
  const table = await host.readFile('/proc/self/mounts');
  if (table === null) return null;
  const rows = table.split('\n').flatMap((row) => {
    const [, mount, type, options] = row.split(' ');
    return mount === undefined || type === undefined ? [] : [{ mount, type, options: options?.split(',') ?? [] }];
  });
  // The later of two mounts at one path hides the earlier.
  const holding = (path: string) =>
    rows
      .filter(({ mount }) => mount === '/' || path === mount || path.startsWith(`${mount}/`))
      .reduce<(typeof rows)[number] | undefined>((a, b) => (a && a.mount.length > b.mount.length ? a : b), undefined);
  return [...new Set(places.flatMap((path) => holding(path) ?? []))];
}

/**
 * Median time of a few small writes in ms, each synced with its folder: at most the two syncs that an etcd commit waits
 * for. null: not measured.
 */
async function syncTime(host: Host): Promise<number | null> {
  if (!(await host.exists(agentPaths.state))) return null;
  const path = `${agentPaths.state}/disk-probe`;
  const times: number[] = [];
  try {
    for (let i = 0; i < probes; i += 1) {
      const before = performance.now();
      await host.writeFile(path, 'x'.repeat(8192), { mode: 0o600 });
      times.push((performance.now() - before) / 2);
    }
    await host.removeFile(path);
  } catch {
    // A full or read-only disk has its own checks.
    return null;
  }
  return Math.round((times.sort((a, b) => a - b)[Math.floor(probes / 2)] ?? 0) * 10) / 10;
}
