import { agentPaths } from '../../shared/paths.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

type Storage = Facts['storage'];

const places = ['/', '/var/lib', '/etc'];
const probes = 5;

/** File systems. `measure`: also how quickly the disk takes a write, which needs a folder of the agent's own to write to. */
export async function storageFacts(host: Host, { measure }: { measure: boolean }): Promise<Storage> {
  const [mounts, inodes, syncMs] = await Promise.all([
    mountFacts(host),
    host.inodes('/var/lib'),
    measure ? syncTime(host) : null,
  ]);
  return { mounts, inodes, syncMs };
}

async function mountFacts(host: Host): Promise<Storage['mounts']> {
  const table = await host.readFile('/proc/self/mounts');
  if (table === null) return null;
  const rows = table.split('\n').flatMap((row) => {
    const [, mount, type, options] = row.split(' ');
    return mount === undefined || type === undefined ? [] : [{ mount, type, options: options?.split(',') ?? [] }];
  });
  // Of two at one place the later lies on top.
  const holding = (path: string) =>
    rows
      .filter(({ mount }) => mount === '/' || path === mount || path.startsWith(`${mount}/`))
      .reduce<(typeof rows)[number] | undefined>((a, b) => (a && a.mount.length > b.mount.length ? a : b), undefined);
  return [...new Set(places.flatMap((path) => holding(path) ?? []))];
}

/** The median over a few small writes, each with its file and its folder made to reach the disk: the two that an etcd commit waits for at most. */
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
    // A full or read-only disk has checks of its own.
    return null;
  }
  return Math.round((times.sort((a, b) => a - b)[Math.floor(probes / 2)] ?? 0) * 10) / 10;
}
