import { posix } from 'node:path';
import { apt } from '../../../../shared/packages/apt.ts';
import type { HostView } from '../../../host/host.ts';
import { isSourceFile } from './entries.ts';

export const mainList = '/etc/apt/sources.list';

export type SourceFiles = readonly { path: string; text: string }[];

export const isOwn = (path: string): boolean => posix.basename(path).startsWith('muster-');

/** The files that apt reads repositories from, in its order. */
export async function sourceFiles(host: HostView): Promise<SourceFiles> {
  const names = (await host.list(apt.sourceFolder)).filter(isSourceFile);
  const paths = [mainList, ...names.map((name) => `${apt.sourceFolder}/${name}`)];
  const texts = await Promise.all(paths.map((path) => host.readFile(path)));
  return paths.flatMap((path, index) => (texts[index] == null ? [] : [{ path, text: texts[index] }]));
}
