import type { Facts } from '../../shared/protocol/facts.ts';
import { apiProxy } from '../../shared/steps/content/api-proxy.ts';
import type { Host } from '../host/host.ts';

/** Ports of etcd, kubelet, controller-manager and scheduler. */
const fixedPorts = [2379, 2380, 10250, 10257, 10259];

const listening = '0A';

/**
 * The ports that Kubernetes uses and that are in use, each with the process that listens. muster's proxy to the API
 * servers, which shares their port, is left out.
 */
export async function portFacts(host: Host, apiServerPort: number): Promise<Facts['ports']> {
  const kubernetesPorts = [apiServerPort, ...fixedPorts];
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => host.readFile(path)));
  const sockets = new Map<string, number>();
  for (const row of tables.flatMap((table) => (table ?? '').split('\n').slice(1))) {
    const columns = row.trim().split(/\s+/);
    const port = Number.parseInt(columns[1]?.split(':')[1] ?? '', 16);
    if (columns[3] === listening && kubernetesPorts.includes(port)) sockets.set(columns[9] ?? '', port);
  }
  if (sockets.size === 0) return [];
  const owners = await processesOf(host, sockets);
  const found = new Map<number, string | null>();
  for (const [inode, port] of sockets) {
    const owner = owners.get(inode);
    if (owner?.own !== true) found.set(port, owner?.name ?? found.get(port) ?? null);
  }
  return [...found].map(([port, process]) => ({ port, process }));
}

interface Owner {
  name: string;
  /** muster's proxy to the API servers. */
  own: boolean;
}

/** Finds the processes that own these sockets. Expensive: it reads every open file descriptor of the machine. */
async function processesOf(host: Host, inodes: ReadonlyMap<string, unknown>): Promise<Map<string, Owner>> {
  const owners = new Map<string, Owner>();
  for (const pid of (await host.list('/proc')).filter((name) => /^\d+$/.test(name))) {
    // Processes may end while they are read, and some are not readable; both are skipped.
    for (const fd of await host.list(`/proc/${pid}/fd`).catch(() => [])) {
      const link = await host.readLink(`/proc/${pid}/fd/${fd}`).catch(() => null);
      const inode = /^socket:\[(\d+)\]$/.exec(link ?? '')?.[1];
      if (inode === undefined || !inodes.has(inode)) continue;
      const cgroup = (await host.readFile(`/proc/${pid}/cgroup`).catch(() => null)) ?? '';
      const name = ((await host.readFile(`/proc/${pid}/comm`)) ?? '').trim();
      owners.set(inode, { name, own: cgroup.includes(`/${apiProxy.unit}.service`) });
    }
    if (owners.size === inodes.size) break;
  }
  return owners;
}
