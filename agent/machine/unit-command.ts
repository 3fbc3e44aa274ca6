import type { HostView } from '../host/host.ts';
import { confFiles } from './conf-files.ts';

type View = Pick<HostView, 'readFile' | 'list'>;

export interface UnitPart {
  path: string;
  text: string;
}

/** Where systemd looks for units, first one first. containerd's own instructions put its unit below /usr/local. */
export const unitFolders = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'].map(
  (folder) => `${folder}/systemd/system`,
);

/**
 * The files that make up the command line of a unit: its file and drop-ins, without comments; an empty `ExecStart=`
 * discards the earlier ones. `packaged`: assumed if the unit has no file.
 */
export async function commandParts(host: View, unit: string, packaged?: UnitPart): Promise<UnitPart[]> {
  const [base = packaged] = await partsAt(
    host,
    unitFolders.map((folder) => `${folder}/${unit}`),
  );
  if (base === undefined) return [];
  const dropIns = unitFolders.map((folder) => `${folder}/${unit}.d`);
  const paths = await confFiles(host, dropIns);
  const parts = [base, ...(await partsAt(host, paths))];
  const start = parts.findLastIndex(({ text }) => execStarts(text).length > 0);
  return parts.slice(Math.max(start, 0));
}

/** The files that exist, with continued lines joined and without comments. */
export async function partsAt(host: View, paths: readonly string[]): Promise<UnitPart[]> {
  const texts = await Promise.all(paths.map((path) => host.readFile(path)));
  return paths.flatMap((path, index) => {
    const text = texts[index];
    return text == null ? [] : [{ path, text: text.replace(/\\\n/g, ' ').replace(/^[ \t]*[#;].*$/gm, '') }];
  });
}

export const execStarts = (text: string): string[] =>
  [...text.matchAll(/^[ \t]*ExecStart=(.+)$/gm)].map(([, command = '']) => command);
