import { basename } from 'node:path';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { sysctlFile, sysctls as wanted } from '../../shared/steps/content/kernel.ts';
import type { Host } from '../host.ts';
import { output } from './program.ts';
import type { Step } from './step.ts';

export const sysctls: Step = {
  id: 'sysctls',

  async check({ host }) {
    const wrong = await wrongValues(host);
    if (wrong.length > 0) return { state: 'todo', message: wrong.join(', ') };
    if ((await host.readFile(hostFiles.sysctls)) === sysctlFile()) return { state: 'done' };
    return { state: 'todo', message: `${hostFiles.sysctls} does not set them at boot` };
  },

  async apply({ host, say }) {
    await host.writeFile(hostFiles.sysctls, sysctlFile());
    await output(host, 'sysctl', ['-p', hostFiles.sysctls]);
    for (const line of await overruledAtBoot(host)) say(line);
  },
};

async function wrongValues(host: Host): Promise<string[]> {
  const seen = await Promise.all(
    Object.entries(wanted).map(async ([key, value]) => {
      const text = (await host.readFile(`/proc/sys/${key.replaceAll('.', '/')}`))?.trim() ?? 'not there';
      return text === value ? [] : [`${key} is ${text}; ${value} is needed`];
    }),
  );
  return seen.flat();
}

/** Files are read in the order of their names, whatever their folder, and /etc/sysctl.conf last: a later one wins at boot. */
async function overruledAtBoot(host: Host): Promise<string[]> {
  const folders = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d'];
  const isLater = (name: string) => name.endsWith('.conf') && name > basename(hostFiles.sysctls);
  const found = await Promise.all(
    folders.map(async (folder) => (await host.list(folder)).filter(isLater).map((name) => `${folder}/${name}`)),
  );
  const paths = [...found.flat(), '/etc/sysctl.conf'];
  const lines = await Promise.all(paths.map(async (path) => differences(path, (await host.readFile(path)) ?? '')));
  return lines.flat();
}

function differences(path: string, content: string): string[] {
  return content.split('\n').flatMap((line) => {
    const [, key = '', value = ''] = /^\s*-?([a-z0-9_.\-/]+)\s*=\s*(.*?)\s*$/i.exec(line) ?? [];
    const needed = Object.entries(wanted).find(([name]) => name === key.replaceAll('/', '.'))?.[1];
    if (needed === undefined || needed === value) return [];
    return [`${path} sets ${key} to ${value} at every boot, after ${hostFiles.sysctls}; muster sets it back each time`];
  });
}
