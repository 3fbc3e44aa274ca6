import { dirname } from 'node:path';
import { type ErrorCode, hasCode, MusterError } from '../errors/errors.ts';

/** System error codes of failed writes and their catalogue codes. */
const codes = {
  ENOSPC: 'disk-full',
  EDQUOT: 'quota-exceeded',
  EROFS: 'disk-read-only',
  EIO: 'disk-broken',
} as const satisfies Record<string, ErrorCode>;

/** Converts a failed write into a MusterError with a temporary status. Returns other errors unchanged. */
export function storageError(error: unknown, path: string): unknown {
  const code = codes[(error as NodeJS.ErrnoException | null)?.code as keyof typeof codes];
  return code === undefined ? error : new MusterError(code, { path, folder: dirname(path) }, { cause: error });
}

/** Whether a write failed because of this machine's disk. */
export const isStorageError = (error: unknown): boolean => hasCode(error, ...Object.values(codes));
