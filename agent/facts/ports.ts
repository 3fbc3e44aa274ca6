import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

/** What a node needs for itself: API server, etcd, kubelet, controller-manager, scheduler. */
export const kubernetesPorts = [6443, 2379, 2380, 10250, 10257, 10259] as const;

const listening = '0A';

export async function portFacts(host: Host): Promise<Facts['ports']> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => host.readFile(path)));
  const inodes = new Map<number, string>();
  for (const row of tables.flatMap((table) => (table ?? '').split('\n').slice(1))) {
    const columns = row.trim().split(/\s+/);
    const port = Number.parseInt(columns[1]?.split(':')[1] ?? '', 16);
    const needed = kubernetesPorts.some((wanted) => wanted === port);
    if (columns[3] === listening && needed) inodes.set(port, columns[9] ?? '');
  }
  if (inodes.size === 0) return [];
  const owners = await processesOf(host, new Set(inodes.values()));
  return [...inodes].map(([port, inode]) => ({ port, process: owners.get(inode) ?? null }));
}

/** Who holds these sockets: only looked for where a port is in use, as it means going through every open file of the machine. */
async function processesOf(host: Host, inodes: ReadonlySet<string>): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (const pid of (await host.list('/proc')).filter((name) => /^\d+$/.test(name))) {
    // A process may end while it is looked at, and others may not be looked at: both are no owner that can be named.
    for (const fd of await host.list(`/proc/${pid}/fd`).catch(() => [])) {
      const link = await host.readLink(`/proc/${pid}/fd/${fd}`).catch(() => null);
      const inode = /^socket:\[(\d+)\]$/.exec(link ?? '')?.[1];
      if (inode === undefined || !inodes.has(inode)) continue;
      owners.set(inode, ((await host.readFile(`/proc/${pid}/comm`)) ?? '').trim());
    }
    if (owners.size === inodes.size) break;
  }
  return owners;
}
