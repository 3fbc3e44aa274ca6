import { z } from 'zod';
import type { Host } from '../host.ts';

export const filesystemSchema = z.object({
  mountPoint: z.string(),
  /** null: it has none, or this host can't tell. */
  uuid: z.string().nullable(),
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
  const args = ['--noheadings', '--output', 'UUID,TARGET', '--pairs', '--target', path];
  const { exitCode, stdout } = await host.run('findmnt', args);
  const [, uuid, mountPoint] = /UUID="([^"]*)" TARGET="([^"]*)"/.exec(stdout) ?? [];
  if (exitCode !== 0 || mountPoint === undefined) return null;
  return { mountPoint, uuid: uuid || null };
}
