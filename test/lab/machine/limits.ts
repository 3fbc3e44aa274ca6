import { readFile, writeFile } from 'node:fs/promises';
import { leastSysctlNames, leastSysctls } from '../../../shared/steps/content/kernel.ts';

/**
 * Raises the machine's limits on watched files to the values that muster requires. The limits are not namespaced: a
 * host that restored them on uninstall would lower them for all others.
 */
export async function raiseSharedLimits(): Promise<void> {
  for (const name of leastSysctlNames) {
    const file = `/proc/sys/${name.replaceAll('.', '/')}`;
    if (Number(await readFile(file, 'utf8')) < leastSysctls[name]) await writeFile(file, String(leastSysctls[name]));
  }
}
