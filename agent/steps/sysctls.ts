import { basename } from 'node:path';
import { hostFiles } from '../../shared/steps/content/files.ts';
import { leastSysctlNames, leastSysctls, sysctls as needed, sysctlFile } from '../../shared/steps/content/kernel.ts';
import type { Host } from '../host/host.ts';
import { output } from '../machine/program.ts';
import { sysctlPath } from '../prior/thing.ts';
import type { Step } from './step.ts';

const wanted: Readonly<Record<string, string>> = needed;
const folders = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d'];

export const sysctls: Step = {
  id: 'sysctls',

  async check({ host }) {
    const wrong = [...(await wrongValues(host)), ...(await lowLimits(host))];
    if (wrong.length > 0) return { state: 'todo', message: wrong.map((one) => describe(one)).join(', ') };
    const content = (await host.readFile(hostFiles.sysctls)) ?? '';
    if (content === sysctlFile(raisedIn(content))) return { state: 'done' };
    return { state: 'todo', message: `${hostFiles.sysctls} does not set them at boot` };
  },

  async apply({ host, say }) {
    const low = await lowLimits(host);
    const before = raisedIn((await host.readFile(hostFiles.sysctls)) ?? '');
    const raised = leastSysctlNames.filter((name) => before.includes(name) || low.some(({ key }) => key === name));
    for (const name of [...Object.keys(wanted), ...raised]) await host.remember({ kind: 'sysctl', name });
    for (const one of [...(await wrongValues(host)), ...low]) say(describe(one));
    await host.writeFile(hostFiles.sysctls, sysctlFile(raised));
    await output(host, 'sysctl', ['-p', hostFiles.sysctls]);
    for (const { path, key, value } of await settings(host)) {
      if (!isLater(path) || wanted[key] === value) continue;
      say(`${path} sets ${key} to ${value} at every boot, after ${hostFiles.sysctls}; muster sets it back each time`);
    }
  },
};

interface WrongValue {
  key: string;
  seen: string;
  needed: string;
  /** The file that sets it to what was seen; undefined: none does, so that somebody has set it by hand. */
  path?: string | undefined;
}

const describe = ({ key, seen, needed, path }: WrongValue) =>
  `${key} is ${seen}${path === undefined ? '' : ` (${path} sets it)`}; ${needed} is needed`;

/** The limits that muster's file sets. */
const raisedIn = (content: string) => leastSysctlNames.filter((name) => content.includes(`${name} =`));

/** A limit that this kernel does not have is not too low. */
async function lowLimits(host: Host): Promise<WrongValue[]> {
  const limits = leastSysctlNames.map(async (key): Promise<WrongValue[]> => {
    const seen = (await host.readFile(sysctlPath(key)))?.trim();
    if (seen === undefined || Number(seen) >= leastSysctls[key]) return [];
    return [{ key, seen, needed: `at least ${leastSysctls[key]}` }];
  });
  return (await Promise.all(limits)).flat();
}

/** The effective value counts, whichever file has set it. */
async function wrongValues(host: Host): Promise<WrongValue[]> {
  const seen = await Promise.all(
    Object.entries(wanted).map(async ([key, value]) => {
      const text = (await host.readFile(sysctlPath(key)))?.trim() ?? 'not there';
      return text === value ? [] : [{ key, seen: text, needed: value }];
    }),
  );
  if (seen.flat().length === 0) return [];
  const set = await settings(host);
  return seen.flat().map((one) => ({
    ...one,
    path: set.findLast(({ key, value }) => key === one.key && value === one.seen)?.path,
  }));
}

interface Setting {
  path: string;
  key: string;
  value: string;
}

/** What the host's files set of the keys that are needed here, in the order in which they are read: by name, whatever their folder. */
async function settings(host: Host): Promise<Setting[]> {
  const found = await Promise.all(
    folders.map(async (folder) => (await host.list(folder)).map((name) => `${folder}/${name}`)),
  );
  const paths = [...found.flat().filter((path) => path.endsWith('.conf')), ...lastOfAll].sort((a, b) =>
    orderOf(a) < orderOf(b) ? -1 : 1,
  );
  const lists = await Promise.all(paths.map(async (path) => settingsIn(path, (await host.readFile(path)) ?? '')));
  return lists.flat();
}

/** `sysctl --system` reads it after all others. */
const lastOfAll = ['/etc/sysctl.conf'];
const orderOf = (path: string) => `${lastOfAll.includes(path) ? 1 : 0}${basename(path)}`;
const isLater = (path: string) => orderOf(path) > orderOf(hostFiles.sysctls);

function settingsIn(path: string, content: string): Setting[] {
  return content.split('\n').flatMap((line) => {
    const [, name = '', value = ''] = /^\s*-?([a-z0-9_.\-/]+)\s*=\s*(.*?)\s*$/i.exec(line) ?? [];
    const key = name.replaceAll('/', '.');
    return key in wanted ? [{ path, key, value }] : [];
  });
}
