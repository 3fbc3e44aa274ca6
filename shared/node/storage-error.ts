import { dirname } from 'node:path';
import { type ErrorCode, MusterError } from '../../shared/errors/errors.ts';

/** What the system answers when a disk can't take a file, as codes of the catalogue. */
const codes = {
  ENOSPC: 'disk-full',
  EDQUOT: 'quota-exceeded',
  EROFS: 'disk-read-only',
  EIO: 'disk-broken',
} as const satisfies Record<string, ErrorCode>;

/** An error of writing a file as one for people; it can pass, so it is tried again. Anything else comes back as it is. */
export function storageError(error: unknown, path: string): unknown {
  const code = codes[(error as NodeJS.ErrnoException | null)?.code as keyof typeof codes];
  return code === undefined ? error : new MusterError(code, { path, folder: dirname(path) }, { cause: error });
}
