import { z } from 'zod';
import type { Host } from '../host/host.ts';

export const filesystemSchema = z.object({
  mountPoint: z.string(),
  /** null: none, or unknown. */
  uuid: z.string().nullable(),
  /** `kind`: such as ext4. `folder`: the mounted folder of it. Absent: unknown. */
  kind: z.string().optional(),
  folder: z.string().optional(),
});
export type Filesystem = z.infer<typeof filesystemSchema>;

/** The file system of a path, which need not exist. */
export async function filesystemOf(host: Host, path: string): Promise<Filesystem> {
  for (let folder = path; ; folder = folder.slice(0, folder.lastIndexOf('/'))) {
    const found = await ask(host, folder === '' ? '/' : folder);
    if (found !== null || folder === '') return found ?? { mountPoint: '/', uuid: null };
  }
}

/** null: the path does not exist. */
async function ask(host: Host, path: string): Promise<Filesystem | null> {
  const args = ['--noheadings', '--output', 'UUID,TARGET,FSTYPE,FSROOT', '--pairs', '--target', path];
  const { exitCode, stdout } = await host.run('findmnt', args);
  const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(stdout)?.[1] ?? '';
  if (exitCode !== 0 || value('TARGET') === '') return null;
  return { mountPoint: value('TARGET'), uuid: value('UUID') || null, kind: value('FSTYPE'), folder: value('FSROOT') };
}

/** Whether both describe the same file system; unknown fields are ignored. */
export function isSameFilesystem(a: Filesystem, b: Filesystem): boolean {
  const agree = (field: 'uuid' | 'kind' | 'folder') => !a[field] || !b[field] || a[field] === b[field];
  return a.mountPoint === b.mountPoint && agree('uuid') && agree('kind') && agree('folder');
}
