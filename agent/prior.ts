import { lstat, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { prefix } from '../shared/paths.ts';
import { unlessMissing, writeAtomically } from './files.ts';
import type { AgentPaths } from './paths.ts';

/** What stood at a path before muster changed it for the first time. */
export type Prior =
  | { path: string; state: 'absent' }
  | { path: string; state: 'link'; target: string }
  | { path: string; state: 'file'; mode: number; uid: number; gid: number; base64: string };

async function look(path: string): Promise<Prior | null> {
  const stat = await unlessMissing(lstat(path));
  if (stat === null) return { path, state: 'absent' };
  if (stat.isSymbolicLink()) return { path, state: 'link', target: await readlink(path) };
  if (!stat.isFile()) return null;
  const base64 = (await readFile(path)).toString('base64');
  return { path, state: 'file', mode: stat.mode & 0o7777, uid: stat.uid, gid: stat.gid, base64 };
}

export const priorFile = (paths: AgentPaths, path: string) => join(paths.prior, `${encodeURIComponent(path)}.json`);

/**
 * Returns a function that keeps what stands at a path, the first time it is called for that path: taking muster off a host puts back
 * exactly that. muster's own folders are left out, and what is of no worth after a reboot or belongs to the kubelet alone.
 */
export function createPriorRecord(paths: AgentPaths): (path: string) => Promise<void> {
  const skipped = [
    paths.state,
    paths.volatile,
    join(paths.config, '..'),
    prefix,
    '/run',
    '/proc',
    '/sys',
    '/var/lib/kubelet',
  ];
  return async function recordPrior(path) {
    if (skipped.some((folder) => path === folder || path.startsWith(`${folder}/`))) return;
    const file = priorFile(paths, path);
    if ((await unlessMissing(lstat(file))) !== null) return;
    const prior = await look(path);
    if (prior !== null) await writeAtomically(file, JSON.stringify(prior), { mode: 0o600, folderMode: 0o700 });
  };
}
