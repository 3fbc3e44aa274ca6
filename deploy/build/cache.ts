import path from 'node:path';
import process from 'node:process';

/** The folder of finished runtimes: system-wide for root, otherwise the user's. MUSTER_BUILD_CACHE overrides it. */
export function cacheFolder(): string {
  const shared = process.getuid?.() === 0 ? '/var/cache' : path.join(process.env.HOME ?? '/tmp', '.cache');
  return process.env.MUSTER_BUILD_CACHE ?? path.join(shared, 'muster-build');
}
