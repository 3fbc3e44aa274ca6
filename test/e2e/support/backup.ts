import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { copyIn, hostExec } from '../../lab/hosts.ts';
import { master, on } from '../../lab/install.ts';
import { labPaths } from '../../lab/layout.ts';
import { changePlan } from './plan-change.ts';
import { until } from './until.ts';

/** What an operator keeps for the day on which master01 is lost. */
export interface Copy {
  sealed: Buffer;
  recoveryKey: string;
}

const folder = '/var/lib/muster-agent/backups';

/**
 * Has a worker keep copies of the coordinator's backup for a while; returns one that was made now, and the key that
 * opens it.
 */
export async function copyKeptBy(host: string): Promise<Copy> {
  const copies = async () =>
    (await hostExec(host, ['find', folder, '-name', '*.age'])).stdout.split('\n').filter(Boolean);
  const old = await copies();
  // Without a key no copy leaves the coordinator's host. An earlier test's may be there, whose secret no longer exists.
  const recoveryKey = (await on(master, 'muster', 'recovery-key', '--replace')).trim();
  const restore = await changePlan((plan) => {
    plan.backup = { every: '1m', keep: 2, copies: [host] };
  });
  let made: string | undefined;
  const isMade = async () => {
    made = (await copies()).find((path) => !old.includes(path));
    return made !== undefined;
  };
  await until(isMade, { seconds: 180, what: `${host} to keep a copy` });
  const sealed = await readFile(`${labPaths.hosts}/${host}${made}`);
  await restore();
  return { sealed, recoveryKey };
}

/** Does what the README tells an operator to do on a master01 that has lost its coordinator. */
export async function restore({ sealed, recoveryKey }: Copy): Promise<void> {
  const here = await mkdtemp(join(tmpdir(), 'muster-copy-'));
  await writeFile(join(here, 'copy'), sealed);
  await copyIn(master, join(here, 'copy'), '/root/copy.tar.gz.age');
  await rm(here, { recursive: true });
  const written = await hostExec(master, ['sh', '-c', 'umask 077; cat >/root/recovery-key'], { input: recoveryKey });
  expect(written.exitCode).toBe(0);
  await on(master, '/root/muster/setup.sh', '--restore', '/root/copy.tar.gz.age', '--key-file', '/root/recovery-key');
  await on(master, 'rm', '/root/recovery-key');
  await on(master, 'muster', 'recover', '--restored', '--yes');
}
