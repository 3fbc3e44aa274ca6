import type { HostView } from '../../../host/host.ts';

const lockFiles = ['/var/lib/dpkg/lock-frontend', '/var/lib/dpkg/lock', '/var/lib/apt/lists/lock'];

/** Name of the program that holds a lock; '': none; null: other users' file descriptors cannot be read. */
export async function lockHolder(host: HostView): Promise<string | null> {
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
