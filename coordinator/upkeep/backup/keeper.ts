import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MusterError, messageOf } from '../../../shared/errors/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import { encrypt, isRecoveryPublicKey } from '../../../shared/node/age.ts';
import { readIfThere, unlessMissing, writeAtomically } from '../../../shared/node/files.ts';
import type { Plan } from '../../../shared/plan/schema.ts';
import type { Target } from '../../../shared/protocol/assignment.ts';
import type { Notice } from '../../../shared/protocol/notice.ts';
import type { News } from '../../store/news.ts';
import { readable } from './archive.ts';
import { type BackupSource, backupsName, createBackup, signingKeyIn, signingKeyName } from './create.ts';
import { backupNotices } from './notices.ts';
import { backupName, madeAt, openShelf, sealedSuffix } from './shelf.ts';

export const recoveryKeyName = 'recovery.pub';

export interface KeeperOptions extends BackupSource {
  plan: () => Plan;
  now: () => Date;
  log: Logger;
  news: News;
}

export type BackupKeeper = ReturnType<typeof createBackupKeeper>;

/**
 * Makes backups at the interval of the plan and keeps the newest: unencrypted on this machine, and encrypted to the
 * operator's recovery key for the hosts that keep copies. Neither those hosts nor this coordinator can decrypt a copy.
 */
export function createBackupKeeper(options: KeeperOptions) {
  const { state, plan, log } = options;
  const keyFile = join(state, recoveryKeyName);
  const copies = createCopies(options);
  let trouble: string | null = null;

  /** Makes a backup if one is due, or `now`. Never throws; a failure is a notice until the next success. */
  async function look({ now = false } = {}): Promise<void> {
    try {
      const isReplaced = await isNewer(keyFile, state);
      if (isReplaced) await copies.clear();
      await makeDue(options, now || isReplaced);
      await copies.renew();
      trouble = null;
    } catch (error) {
      if (trouble === null) log.error(`backup failed: ${messageOf(error)}`);
      trouble = messageOf(error);
    }
  }

  return {
    look: () => look(),
    make: () => createBackup(options),
    hasRecoveryKey: async () => (await recoveryKeyIn(state)) !== null,
    /** Throws MusterError 400 `recovery-key-invalid`. */
    setRecoveryKey: async ({ publicKey, signingKey }: { publicKey: string; signingKey: string }) => {
      if (!(await isRecoveryPublicKey(publicKey))) {
        throw new MusterError('recovery-key-invalid', { prefix: 'age1' }, { status: 400 });
      }
      await writeAtomically(join(state, signingKeyName), `${signingKey}\n`, { mode: 0o600 });
      await writeAtomically(keyFile, `${publicKey}\n`, { mode: 0o600 });
      await copies.clear();
      // Earlier backups are not signed with this key.
      await look({ now: true });
    },
    /** The key that copies are encrypted to; null: none, or no host keeps copies. */
    recipient: copies.recipient,
    targetFor: copies.targetFor,
    copyFor: copies.pathFor,
    notices: (): Notice[] =>
      backupNotices({
        trouble,
        wantsCopies: plan().backup.copies.length > 0,
        hasRecoveryKey: existsSync(keyFile) && existsSync(join(state, signingKeyName)),
      }),
  };
}

async function makeDue(options: KeeperOptions, isNeeded: boolean): Promise<void> {
  const { state, plan, now, log } = options;
  const folder = join(state, backupsName);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const shelf = openShelf(folder);
  const { everyMs, keep, copies } = plan().backup;
  const newest = (await shelf.names()).at(-1) ?? '';
  const isDue = everyMs !== null && now().getTime() - (madeAt(newest) ?? 0) >= everyMs;
  if (!isDue && !(isNeeded && copies.length > 0)) return;
  const name = backupName(plan().settings.name, now());
  await shelf.put(name, await createBackup(options));
  await shelf.keep(keep);
  log.info('backup created', { name });
}

/** Encrypted copies of the newest backup, for the hosts that keep copies. */
function createCopies({ state, plan, news }: KeeperOptions) {
  const shelf = openShelf(join(state, backupsName));
  let copy: { name: string; sha256: string } | null = null;
  let known: string | null = null;

  return {
    /** Encrypts the newest backup unless done already, and notifies the hosts. */
    async renew(): Promise<void> {
      const hosts = plan().backup.copies;
      const recipient = hosts.length === 0 ? null : await recoveryKeyIn(state);
      if (recipient !== known) news.emit('targets');
      known = recipient;
      const last = (await shelf.names()).at(-1);
      if (recipient === null || last === undefined) return;
      const name = last + sealedSuffix;
      if (copy?.name === name) return;
      if (!(await shelf.names(sealedSuffix)).includes(name)) {
        await shelf.put(name, await encrypt(readable(shelf.path(last)), { recoveryKey: recipient }));
        await shelf.keep(1, sealedSuffix);
      }
      copy = { name, sha256: hash('sha256', await readFile(shelf.path(name))) };
      for (const host of hosts) news.emit('target', host);
    },
    recipient: () => known,
    /** Deletes copies for a replaced recovery key. */
    async clear(): Promise<void> {
      await shelf.keep(0, sealedSuffix);
      copy = null;
    },
    /** The copy that a host should keep, as part of its target. */
    targetFor(host: string): Pick<Target, 'backup'> {
      const { copies, keep } = plan().backup;
      return copy !== null && copies.includes(host) ? { backup: { ...copy, keep } } : {};
    },
    /** The path of a copy that this host may download, or null. */
    pathFor: (host: string, name: string): string | null =>
      copy?.name === name && plan().backup.copies.includes(host) ? shelf.path(name) : null,
  };
}

/** Whether the recovery key came, also from another coordinator, after the newest backup was made and signed. */
async function isNewer(keyFile: string, state: string): Promise<boolean> {
  const shelf = openShelf(join(state, backupsName));
  const newest = (await shelf.names()).at(-1);
  const key = await unlessMissing(stat(keyFile));
  return newest !== undefined && key !== null && (await stat(shelf.path(newest))).mtimeMs < key.mtimeMs;
}

async function recoveryKeyIn(state: string): Promise<string | null> {
  const text = (await readIfThere(join(state, recoveryKeyName)))?.trim() ?? '';
  // Copies that nobody could verify are of no use.
  return (await isRecoveryPublicKey(text)) && (await signingKeyIn(state)) !== null ? text : null;
}
