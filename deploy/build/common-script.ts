import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { architectures, supportedSystems, systems } from '../../shared/systems.ts';

/** common.sh with the table of supported systems filled in. */
export async function commonScript(root: string): Promise<string> {
  const values = {
    SYSTEMS: systems.flatMap(({ id, versions }) => versions.map((version) => `${id} ${version}`)).join('\n'),
    SYSTEM_TITLES: supportedSystems.en,
    SYSTEM_TITLES_ZH: supportedSystems.zh,
    ARCHITECTURE_TITLES: architectures.map(({ debian }) => debian).join(', '),
    ARCHITECTURES: architectures.map(({ id, debian }) => `${debian} ${id}`).join('\n'),
  };
  const template = await readFile(path.join(root, 'deploy/common.sh'), 'utf8');
  return Object.entries(values).reduce((text, [name, value]) => {
    const [before, after, ...more] = text.split(`@${name}@`);
    if (before === undefined || after === undefined || more.length > 0) {
      throw new Error(`deploy/common.sh must have @${name}@ exactly once`);
    }
    return before + value + after;
  }, template);
}
