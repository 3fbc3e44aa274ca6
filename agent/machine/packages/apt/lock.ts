import { MusterError } from '../../../../shared/errors/errors.ts';
import type { HostView } from '../../../host/host.ts';
import type { LockMeans } from '../packages.ts';

/** Locks that updating the indexes takes, and those that changing packages takes. */
export const locks = {
  indexes: ['/var/lib/apt/lists/lock'],
  packages: ['/var/lib/dpkg/lock-frontend', '/var/lib/dpkg/lock', '/var/cache/apt/archives/lock'],
} as const;
const allLocks = Object.values(locks).flat();

export interface Holder {
  pid: string;
  /** Its program; '': unknown. */
  name: string;
}

/** The process that holds a lock; `none`; null: other users' file descriptors cannot be read. */
export async function lockHolder(
  host: HostView,
  lockFiles: readonly string[] = allLocks,
): Promise<Holder | 'none' | null> {
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
      return { pid, name: (await host.readFile(`/proc/${pid}/comm`).catch(() => null))?.trim() ?? '' };
    }
  }
  return allSeen ? 'none' : null;
}

export const describeHolder = ({ pid, name }: Holder): string =>
  name === '' ? `process ${pid}` : `${name} (process ${pid})`;

async function isOurs(host: HostView, { pid }: Holder): Promise<boolean> {
  return /\/muster-/.test((await host.readFile(`/proc/${pid}/cgroup`).catch(() => null)) ?? '');
}

const longestMs = 10 * 60_000;
const pauseMs = 2000;

/** apt's and dpkg's complaints about a lock that another process holds. */
const busy =
  /^(?:E|dpkg: error): ?(?:Could not get lock|Unable to (?:acquire the dpkg frontend|lock)|dpkg frontend lock)/m;
/** The same, where the disk or a permission is the reason. */
const unwritable = /^E: Could not open lock file|are you root\?/m;
const isBusy = (text: string): boolean => busy.test(text) && !unwritable.test(text);

/**
 * Runs a program once no other process holds its locks, and again if one took a lock in between: apt's own waiting
 * (DPkg::Lock::Timeout) needs apt 1.9.11 and never covers `apt-get update`. Throws MusterError `package-lock-held`.
 */
export async function withLock<T>(
  host: HostView,
  { say, sleep }: LockMeans,
  { files, run, textOf }: { files: readonly string[]; run(): Promise<T>; textOf(result: T): string },
): Promise<T> {
  let told = '';
  for (let waited = 0; ; waited += pauseMs) {
    const holder = await lockHolder(host, files);
    // An earlier agent's unit is adopted.
    const isFree = holder === 'none' || holder === null || (await isOurs(host, holder));
    if (isFree) {
      const result = await run();
      if (!isBusy(textOf(result)) || waited >= longestMs) return result;
    } else if (waited >= longestMs) {
      throw new MusterError('package-lock-held', { ...holder, minutes: longestMs / 60_000 });
    } else if (describeHolder(holder) !== told) {
      told = describeHolder(holder);
      say({
        code: 'package-lock-held',
        en: `waiting for ${told}, which holds the lock of apt or dpkg`,
        zh: `正在等待 ${told}，它持有 apt 或 dpkg 的锁`,
      });
    }
    await sleep(pauseMs);
  }
}
