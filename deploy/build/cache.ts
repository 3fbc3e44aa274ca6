import path from 'node:path';
import process from 'node:process';

/** Where finished runtimes are kept: of the machine for root, of the user otherwise. MUSTER_BUILD_CACHE says another place. */
export function cacheFolder(): string {
  const shared = process.getuid?.() === 0 ? '/var/cache' : path.join(process.env.HOME ?? '/tmp', '.cache');
  return process.env.MUSTER_BUILD_CACHE ?? path.join(shared, 'muster-build');
}
