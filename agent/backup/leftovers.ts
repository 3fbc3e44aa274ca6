import { join } from 'node:path';
import { containersOf } from '../etcd/container.ts';
import type { Host } from '../host/host.ts';
import { packedName } from './sealed.ts';
import { partialName } from './shelf.ts';
import { checkPrefix, verifyContainer } from './verify.ts';

/** Removes what a backup or verification that was cut short has left: the PKI, a database, a running etcd. */
export async function removeLeftovers(host: Pick<Host, 'run' | 'list' | 'removeTree'>, folder: string): Promise<void> {
  const names = await host.list(folder);
  const checks = names.filter((name) => name.startsWith(checkPrefix));
  // Whichever runtime the plan named then.
  const runtimes = checks.length === 0 ? [] : (['docker', 'containerd'] as const);
  for (const runtime of runtimes) {
    await containersOf(host, runtime).remove(verifyContainer);
  }
  const others = names.filter((name) => name === packedName || name === partialName);
  for (const name of [...checks, ...others]) await host.removeTree(join(folder, name));
}
