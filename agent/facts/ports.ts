import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

/** Ports of etcd, kubelet, controller-manager and scheduler. */
const fixedPorts = [2379, 2380, 10250, 10257, 10259];

const listening = '0A';

/** The ports that Kubernetes uses and that are in use, each with the process that listens. */
export async function portFacts(host: Host, apiServerPort: number): Promise<Facts['ports']> {
  const kubernetesPorts = [apiServerPort, ...fixedPorts];
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => host.readFile(path)));
  const inodes = new Map<number, string>();
  for (const row of tables.flatMap((table) => (table ?? '').split('\n').slice(1))) {
    const columns = row.trim().split(/\s+/);
    const port = Number.parseInt(columns[1]?.split(':')[1] ?? '', 16);
    const needed = kubernetesPorts.includes(port);
    if (columns[3] === listening && needed) inodes.set(port, columns[9] ?? '');
  }
  if (inodes.size === 0) return [];
  const owners = await processesOf(host, new Set(inodes.values()));
  return [...inodes].map(([port, inode]) => ({ port, process: owners.get(inode) ?? null }));
}

/** Finds the processes that own these sockets. Expensive: it reads every open file descriptor of the machine. */
async function processesOf(host: Host, inodes: ReadonlySet<string>): Promise<Map<string, string>> {
  const owners = new Map<string, string>();
  for (const pid of (await host.list('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Processes may end while they are read, and some are not readable; both are skipped.
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
