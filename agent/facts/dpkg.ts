import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

type Dpkg = Pick<Facts['software'], 'dpkgLock' | 'dpkgInterrupted' | 'brokenPackages'>;

const lockFiles = ['/var/lib/dpkg/lock-frontend', '/var/lib/dpkg/lock', '/var/lib/apt/lists/lock'];

/** What stands in the way of installing packages. */
export async function dpkgFacts(host: Host): Promise<Dpkg> {
  const [lock, journal, status] = await Promise.all([
    lockHolder(host),
    host.list('/var/lib/dpkg/updates'),
    host.readFile('/var/lib/dpkg/status'),
  ]);
  const broken = /^Package: (\S+)\nStatus: install \S+ (half-installed|half-configured|unpacked|triggers-\S+)/gm;
  return {
    dpkgLock: lock,
    dpkgInterrupted: journal.some((name) => /^\d+$/.test(name)),
    brokenPackages: status === null ? null : [...status.matchAll(broken)].map(([, name = '']) => name).slice(0, 64),
  };
}

/** The program that holds one of the locks; '': none; null: another user's open files can't be looked at. */
async function lockHolder(host: Host): Promise<string | null> {
  const locks = await host.readFile('/proc/locks');
  if (locks === null) return null;
  const pids = new Set([...locks.matchAll(/POSIX\s+ADVISORY\s+WRITE\s+(\d+)/g)].map(([, pid = '']) => pid));
  let allSeen = true;
  for (const pid of pids) {
    const files = await host.list(`/proc/${pid}/fd`).catch(() => null);
    if (files === null) allSeen = false;
    for (const fd of files ?? []) {
      const path = await host.readLink(`/proc/${pid}/fd/${fd}`).catch(() => null);
      if (path === null || !lockFiles.includes(path)) continue;
      return (await host.readFile(`/proc/${pid}/comm`).catch(() => null))?.trim() || `process ${pid}`;
    }
  }
  return allSeen ? '' : null;
}
