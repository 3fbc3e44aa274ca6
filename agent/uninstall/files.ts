import { dirname } from 'node:path';
import type { Host } from '../host/host.ts';
import { fingerprint } from '../prior/file.ts';
import type { FileRecord } from '../prior/record.ts';

/** `back`: as before muster; `kept`: changed by the operator since, so it stays. */
export type FileEnd = 'back' | 'kept';

export async function putFileBack(host: Host, { path, was, wrote, foreign }: FileRecord): Promise<FileEnd> {
  const now = await host.fileState(path);
  if (now === null) return 'kept';
  if (fingerprint(now) === fingerprint(was) && sameOwner(now, was)) return 'back';
  if (foreign || ![...wrote, fingerprint(was)].includes(fingerprint(now))) return 'kept';
  await host.restore(path, was);
  return 'back';
}

function sameOwner(now: FileRecord['was'], was: FileRecord['was']): boolean {
  if (now.state !== 'file' || was.state !== 'file') return true;
  return now.mode === was.mode && now.uid === was.uid && now.gid === was.gid;
}

/**
 * Removes the folders created for a file if they are empty and returns those that stay. Called after all files are
 * restored, because they share folders.
 */
export async function removeMadeFolders(host: Host, { path, was }: FileRecord): Promise<string[]> {
  if (was.state !== 'absent' || was.made === null) return [];
  const left: string[] = [];
  for (let folder = dirname(path); folder.startsWith(was.made); folder = dirname(folder)) {
    if (left.length > 0 || !(await host.removeFolder(folder))) left.push(folder);
  }
  return left;
}
