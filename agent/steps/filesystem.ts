import { z } from 'zod';
import type { Host } from '../host/host.ts';

export const filesystemSchema = z.object({
  mountPoint: z.string(),
  /** null: it has none, or this host can't tell. */
  uuid: z.string().nullable(),
  /** Such as ext4, and the folder of it that is mounted; absent: the host can’t tell. */
  kind: z.string().optional(),
  folder: z.string().optional(),
});
export type Filesystem = z.infer<typeof filesystemSchema>;

/** The file system that holds a path, whether or not there is something at the path itself. */
export async function filesystemOf(host: Host, path: string): Promise<Filesystem> {
  for (let folder = path; ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const found = await ask(host, folder === '' ? '/' : folder);
    if (found !== null || folder === '') return found ?? { mountPoint: '/', uuid: null };
  }
}

/** null: there is no such path. */
async function ask(host: Host, path: string): Promise<Filesystem | null> {
  const args = ['--noheadings', '--output', 'UUID,TARGET,FSTYPE,FSROOT', '--pairs', '--target', path];
  const { exitCode, stdout } = await host.run('findmnt', args);
  const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(stdout)?.[1] ?? '';
  if (exitCode !== 0 || value('TARGET') === '') return null;
  return { mountPoint: value('TARGET'), uuid: value('UUID') || null, kind: value('FSTYPE'), folder: value('FSROOT') };
}

/** Whether two looks saw one file system, as far as they can tell. */
export function isSameFilesystem(a: Filesystem, b: Filesystem): boolean {
  const agree = (field: 'uuid' | 'kind' | 'folder') => !a[field] || !b[field] || a[field] === b[field];
  return a.mountPoint === b.mountPoint && agree('uuid') && agree('kind') && agree('folder');
}
