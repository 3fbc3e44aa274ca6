import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { commonScript } from './common-script.ts';

/** install.sh as the coordinator serves it, with its includes inlined. */
export async function installTemplate(root: string): Promise<string> {
  const [script, common] = await Promise.all([
    readFile(path.join(root, 'deploy/install.sh'), 'utf8'),
    commonScript(root),
  ]);
  const [before, after] = script.split(/^# include common\.sh\n.*\n/m);
  if (before === undefined || after === undefined) throw new Error('deploy/install.sh does not include common.sh');
  return `${before}${common}${after}`;
}
