import { readFile } from 'node:fs/promises';
import { LabError } from '../lab-error.ts';
import { labPaths, webServer } from '../layout.ts';
import { hostExec } from './exec.ts';
import { isFurnished, markFurnished, type Setup, setupOf } from './setup.ts';

/** The scripts of files/site that make a plain system what the setup says, in this order. */
function scriptsOf(setup: Setup): string[] {
  return [
    ...(setup.newestRuntime ? ['newest-runtime'] : []),
    ...(setup.networkManager ? ['network-manager'] : []),
    ...(setup.firewall === null ? [] : [setup.firewall]),
    ...(setup.dirty ? ['dirty'] : []),
  ];
}

/** Once for each disk, on the running host: installs and starts what its setup says. */
export async function furnishHost(name: string, address: string): Promise<void> {
  if (isFurnished(name)) return;
  const scripts = await Promise.all(
    scriptsOf(setupOf(name)).map((one) => readFile(`${labPaths.files}/site/${one}`, 'utf8')),
  );
  for (const input of scripts) {
    const { exitCode, stdout, stderr } = await hostExec(name, ['bash', '-s', webServer, name, address], { input });
    if (exitCode !== 0)
      throw new LabError('lab-setup', `setting ${name} up ended with ${exitCode}:\n${stdout}${stderr}`);
  }
  markFurnished(name);
}
