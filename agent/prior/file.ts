import { createHash } from 'node:crypto';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { unlessMissing } from '../host/files.ts';
import type { FileRecord, Fingerprint } from './record.ts';

export type FileState = FileRecord['was'];

export const absent: Fingerprint = 'absent';
export const linkTo = (target: string): Fingerprint => `link:${target}`;
export const contentOf = (content: string | Buffer): Fingerprint =>
  `file:${createHash('sha256').update(content).digest('hex')}`;

/** What stands at a path; null: something that muster neither writes nor removes, such as a folder. */
export async function lookAtFile(path: string): Promise<FileState | null> {
  const stat = await unlessMissing(lstat(path));
  if (stat === null) return { state: 'absent', made: await topmostMissing(dirname(path)) };
  if (stat.isSymbolicLink()) return { state: 'link', target: await readlink(path) };
  if (!stat.isFile()) return null;
  const base64 = (await readFile(path)).toString('base64');
  return { state: 'file', mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, base64 };
}

export function fingerprint(state: FileState): Fingerprint {
  if (state.state === 'absent') return absent;
  return state.state === 'link' ? linkTo(state.target) : contentOf(Buffer.from(state.base64, 'base64'));
}

async function topmostMissing(folder: string): Promise<string | null> {
  if ((await unlessMissing(lstat(folder))) !== null) return null;
  return (await topmostMissing(dirname(folder))) ?? folder;
}
