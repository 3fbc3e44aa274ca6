import { dirname } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';

/** What a disk that can't take a file answers: what was seen, and how to mend it. */
const answers: Readonly<Record<string, { code: string; seen: string; remedy: (folder: string) => string }>> = {
  ENOSPC: {
    code: 'disk-full',
    seen: 'the disk is full',
    remedy: (folder) => `make room: df -h ${folder}; df -i ${folder}; journalctl --vacuum-size=200M`,
  },
  EDQUOT: { code: 'disk-full', seen: 'the quota is used up', remedy: (folder) => `raise the quota of ${folder}` },
  EROFS: {
    code: 'disk-read-only',
    seen: 'the file system is read-only',
    remedy: (folder) => `see why: dmesg | tail -n 30; findmnt -T ${folder}; then: mount -o remount,rw MOUNT`,
  },
  EIO: { code: 'disk-broken', seen: 'the disk does not answer', remedy: () => 'see why: dmesg | tail -n 30' },
};

/** An error of writing a file as one for people; it can pass by itself, so it is tried again. Anything else comes back as it is. */
export function storageError(error: unknown, path: string): unknown {
  const answer = answers[(error as NodeJS.ErrnoException | null)?.code ?? ''];
  if (answer === undefined) return error;
  const folder = dirname(path);
  return new MusterError(answer.code, `${path} can’t be written: ${answer.seen}`, {
    status: 503,
    remedy: answer.remedy(folder),
    cause: error,
  });
}
