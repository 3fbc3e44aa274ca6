import { readFile, writeFile } from 'node:fs/promises';
import { leastSysctlNames, leastSysctls } from '../../shared/steps/content/kernel.ts';

/**
 * Raises the machine's limits on watched files to what muster sees to on every host: these limits are the machine's, and a host of the lab that
 * puts them back when it is uninstalled would take them from all others.
 */
export async function raiseSharedLimits(): Promise<void> {
  for (const name of leastSysctlNames) {
    const file = `/proc/sys/${name.replaceAll('.', '/')}`;
    if (Number(await readFile(file, 'utf8')) < leastSysctls[name]) await writeFile(file, String(leastSysctls[name]));
  }
}
