import { createHash } from 'node:crypto';
import { constants, gunzipSync } from 'node:zlib';

/**
 * Reads a file (a signing key, a manifest, an archive) by its path as written in the plan; throws if it cannot.
 * `latin1`: one character for each byte. Default utf8.
 */
export type ReadFile = (path: string, encoding?: 'utf8' | 'latin1') => string;

/** cri-dockerd's have about 20 MB. */
export const mostArchiveMb = 128;

/** Of a file read as latin1. */
export const sha256Of = (content: string): string => createHash('sha256').update(content, 'latin1').digest('hex');

/** Whether a file, read as latin1, is a compressed tar archive of a sensible size. */
export function isArchive(content: string): boolean {
  if (content.length > mostArchiveMb * 1024 ** 2) return false;
  try {
    // Enough for the first header; the archive continues after it.
    const start = gunzipSync(Buffer.from(content.slice(0, 4096), 'latin1'), { finishFlush: constants.Z_SYNC_FLUSH });
    return start.subarray(257, 262).toString() === 'ustar';
  } catch {
    return false;
  }
}
