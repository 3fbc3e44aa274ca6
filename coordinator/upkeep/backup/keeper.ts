import { hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { MusterError, messageOf } from '../../../shared/errors/errors.ts';
import type { Logger } from '../../../shared/logger.ts';
import { readIfThere, writeAtomically } from '../../../shared/node/files.ts';
import type { Plan } from '../../../shared/plan/schema.ts';
import type { Target } from '../../../shared/protocol/assignment.ts';
import type { Notice } from '../../../shared/protocol/notice.ts';
import type { News } from '../../store/news.ts';
import { encrypt, isRecoveryPublicKey } from './age.ts';
import { readable } from './archive.ts';
import { type BackupSource, backupsName, createBackup } from './create.ts';

export const recoveryKeyName = 'recovery.pub';

export interface KeeperOptions extends BackupSource {
  plan: () => Plan;
  now: () => Date;
  log: Logger;
  news: News;
}

const namePattern = /^muster-[a-z0-9-]+-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.tar\.gz$/;
const sealedSuffix = '.age';

/** When a backup of that name was made, in milliseconds since the epoch; null: it is none. */
function madeAt(name: string): number | null {
  const parts = namePattern.exec(name)?.slice(1);
  if (parts === undefined) return null;
  const [year, month, day, hour, minute, second] = parts;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

export type BackupKeeper = ReturnType<typeof createBackupKeeper>;

/**
 * Makes backups as often as the plan says and keeps the newest, as they are on this machine and, encrypted to the operator's recovery key,
 * for the hosts that keep copies: a worker that holds one can't open it, nor can this coordinator.
 */
export function createBackupKeeper(options: KeeperOptions) {
  const { state, plan, now, log, news } = options;
  const folder = join(state, backupsName);
  let copy: { name: string; sha256: string } | null = null;
  let trouble: string | null = null;

  async function recoveryKey(): Promise<string | null> {
    const text = (await readIfThere(join(state, recoveryKeyName)))?.trim() ?? '';
    return (await isRecoveryPublicKey(text)) ? text : null;
  }

  async function names(suffix = ''): Promise<string[]> {
    const all = await readdir(folder).catch(() => []);
    return all
      .filter((name) => name.endsWith(suffix) && madeAt(name.slice(0, name.length - suffix.length)) !== null)
      .sort();
  }

  async function make(): Promise<void> {
    const stamp = now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, '');
    const name = `muster-${plan().settings.name}-${stamp}.tar.gz`;
    await writeAtomically(join(folder, name), await createBackup(options), { mode: 0o600 });
    for (const old of (await names()).slice(0, -plan().backup.keep)) await rm(join(folder, old), { force: true });
    log.info('a backup was made', { name });
  }

  async function seal(name: string, recipient: string): Promise<void> {
    const sealed = await encrypt(readable(join(folder, name)), { recoveryKey: recipient });
    await writeAtomically(join(folder, name + sealedSuffix), sealed, { mode: 0o600 });
    for (const old of (await names(sealedSuffix)).slice(0, -1)) await rm(join(folder, old), { force: true });
  }

  /** Makes what is due. Never throws: what went wrong is a notice until it goes well. */
  async function look(): Promise<void> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const { everyMs, copies } = plan().backup;
      const newest = (await names()).at(-1);
      if (everyMs !== null && now().getTime() - (madeAt(newest ?? '') ?? 0) >= everyMs) await make();
      const recipient = copies.length === 0 ? null : await recoveryKey();
      const last = (await names()).at(-1);
      if (recipient !== null && last !== undefined) await offer(last, recipient, copies);
      trouble = null;
    } catch (error) {
      if (trouble === null) log.error(`no backup could be made: ${messageOf(error)}`);
      trouble = messageOf(error);
    }
  }

  async function offer(last: string, recipient: string, copies: readonly string[]): Promise<void> {
    const name = last + sealedSuffix;
    if (copy?.name === name) return;
    if (!(await names(sealedSuffix)).includes(name)) await seal(last, recipient);
    copy = { name, sha256: hash('sha256', await readFile(join(folder, name))) };
    for (const host of copies) news.emit('target', host);
  }

  return {
    look,
    /** A backup now, for an operator. */
    make: () => createBackup(options),
    hasRecoveryKey: async () => (await recoveryKey()) !== null,
    /** Throws 400 `recovery-key-invalid`. */
    setRecoveryKey: async (publicKey: string) => {
      if (!(await isRecoveryPublicKey(publicKey))) {
        throw new MusterError('recovery-key-invalid', 'not the public half of a recovery key', { status: 400 });
      }
      await writeAtomically(join(state, recoveryKeyName), `${publicKey}\n`, { mode: 0o600 });
      for (const sealed of await names(sealedSuffix)) await rm(join(folder, sealed), { force: true });
      copy = null;
      await look();
    },
    /** What a host is told: the copy that it should have, if it keeps any. */
    targetFor(host: string): Pick<Target, 'backup'> {
      const { copies, keep } = plan().backup;
      return copy !== null && copies.includes(host) ? { backup: { ...copy, keep } } : {};
    },
    /** The path of a copy that this host may fetch, or null. */
    copyFor: (host: string, name: string) =>
      copy?.name === name && plan().backup.copies.includes(host) ? join(folder, name) : null,
    notices(): Notice[] {
      const failed: Notice[] =
        trouble === null
          ? []
          : [
              {
                code: 'backup-failed',
                text: { en: `no backup could be made: ${trouble}`, zh: `无法创建备份：${trouble}` },
                command: 'journalctl -u muster-coordinator',
              },
            ];
      if (plan().backup.copies.length === 0 || existsSync(join(state, recoveryKeyName))) return failed;
      const missing: Notice = {
        code: 'no-recovery-key',
        text: {
          en: 'the plan wants copies of backups on other hosts, and there is no recovery key to encrypt them to',
          zh: '计划要求在其他主机上保存备份副本，但还没有用于加密副本的恢复密钥',
        },
        command: 'muster recovery-key',
      };
      return [...failed, missing];
    },
  };
}
