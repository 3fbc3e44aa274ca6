import { MusterError, messageOf } from '../../shared/errors/errors.ts';
import type { Notice } from '../../shared/protocol/notice.ts';

/** Primary result codes of SQLite. */
const code = { readOnly: 8, ioError: 10, corrupt: 11, full: 13, cantOpen: 14, notDatabase: 26 } as const;

const codeOf = (error: unknown): number => ((error as { errcode?: number } | null)?.errcode ?? 0) & 0xff;

const isDamage = (error: unknown) => [code.corrupt, code.notDatabase].some((one) => one === codeOf(error));
const isStorage = (error: unknown) => Object.values(code).some((one) => one === codeOf(error));

/** Problems of the database's disk, as of the last transaction. */
export function createTrouble(path: string) {
  let last: unknown = null;
  return {
    /** Records how a transaction ended; null: successfully. */
    note(error: unknown): void {
      if (error === null || isStorage(error)) last = error;
    },
    notices(): Notice[] {
      if (last === null) return [];
      const reason = messageOf(last);
      if (isDamage(last)) {
        return [
          {
            code: 'database-corrupt',
            text: { en: `The database is corrupt: ${reason}`, zh: `数据库已损坏：${reason}` },
            command: 'ls -l /var/lib/muster/backups; muster restore --replace --unencrypted FILE',
          },
        ];
      }
      return [
        {
          code: 'storage',
          text: {
            en: `The database cannot be written: ${reason}. Next: hosts keep their reports and retry.`,
            zh: `数据库无法写入：${reason}。之后各主机会保留待上报的内容并重试。`,
          },
          command: `df -h ${path}; findmnt -T ${path}`,
        },
      ];
    },
  };
}

/**
 * Maps a storage error of opening the database to MusterError `database-corrupt` or `database-unusable`; returns other
 * errors unchanged.
 */
export function openError(error: unknown, path: string): unknown {
  if (error instanceof MusterError || !isStorage(error)) return error;
  if (isDamage(error)) {
    return new MusterError('database-corrupt', { path, reason: messageOf(error) }, { cause: error });
  }
  return new MusterError('database-unusable', { path, reason: messageOf(error) }, { cause: error });
}
