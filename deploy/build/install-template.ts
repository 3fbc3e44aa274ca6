import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** install.sh as the coordinator serves it: one file, with what it includes. */
export async function installTemplate(root: string): Promise<string> {
  const read = (name: string) => readFile(path.join(root, 'deploy', name), 'utf8');
  const [script, common] = await Promise.all([read('install.sh'), read('common.sh')]);
  const [before, after] = script.split(/^# include common\.sh\n.*\n/m);
  if (before === undefined || after === undefined) throw new Error('deploy/install.sh does not include common.sh');
  return `${before}${common}${after}`;
}
