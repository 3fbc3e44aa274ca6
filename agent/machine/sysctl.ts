import { basename } from 'node:path';
import type { Change } from '../../shared/steps/change.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import type { Host, HostView } from '../host/host.ts';
import { confFiles } from './conf-files.ts';
import { output } from './program.ts';

export const sysctlPath = (key: string) => `/proc/sys/${key.replaceAll('.', '/')}`;

/** The effective value; null: the kernel has no such key. */
export const readSysctl = async (host: Pick<HostView, 'readFile'>, key: string): Promise<string | null> =>
  (await host.readFile(sysctlPath(key)))?.trim() ?? null;

/** Sets a value until the next boot. */
export const setSysctl = async (host: Pick<HostView, 'run'>, key: string, value: string): Promise<void> =>
  void (await output(host, 'sysctl', ['-q', '-w', `${key}=${value}`]));

/** A setting in a file that is read at boot. */
export interface SysctlSetting {
  path: string;
  key: string;
  value: string;
}

const folders = ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d'];
/** `sysctl --system` reads it last. */
const lastOfAll = '/etc/sysctl.conf';
const orderOf = (path: string) => `${path === lastOfAll ? 1 : 0}${basename(path)}`;

/** Whether `path` is read after `other`: by file name, regardless of folder. */
export const isReadAfter = (path: string, other: string): boolean => orderOf(path) > orderOf(other);

/** Boot-time settings from all files, in reading order; the last one wins. */
export async function sysctlSettings(host: Pick<HostView, 'list' | 'readFile'>): Promise<SysctlSetting[]> {
  const paths = [...(await confFiles(host, folders)), lastOfAll];
  const settings = await Promise.all(paths.map(async (path) => settingsIn(path, (await host.readFile(path)) ?? '')));
  return settings.flat();
}

function settingsIn(path: string, content: string): SysctlSetting[] {
  return content.split('\n').flatMap((line) => {
    const [, name = '', value = ''] = /^\s*-?([a-z0-9_.*\-/]+)\s*=(.*)/i.exec(line) ?? [];
    return name === '' ? [] : [{ path, key: name.replaceAll('/', '.'), value: value.trim() }];
  });
}

/** The parameter of a key that sets it by another name, or by a pattern. */
export const parameterOf = (key: string): string =>
  /^net\.ipv4\.conf\.(all|\*)\.forwarding$/.test(key) ? 'net.ipv4.ip_forward' : key;

interface WrongValue {
  key: string;
  seen: string | null;
  needed: string;
  atLeast: boolean;
}

async function wrongValues(host: Host, { values, atLeast }: Change<'sysctls'>): Promise<WrongValue[]> {
  const exact = Object.entries(values).map(async ([key, needed]): Promise<WrongValue[]> => {
    const seen = await readSysctl(host, key);
    return seen === needed ? [] : [{ key, seen, needed, atLeast: false }];
  });
  // A limit that this kernel does not have is not too low.
  const least = Object.entries(atLeast).map(async ([key, needed]): Promise<WrongValue[]> => {
    const seen = await readSysctl(host, key);
    return seen === null || Number(seen) >= needed ? [] : [{ key, seen, needed: String(needed), atLeast: true }];
  });
  return (await Promise.all([...exact, ...least])).flat();
}

/** Names the file that sets the observed value. */
function describe({ key, seen, needed, atLeast }: WrongValue, settings: readonly SysctlSetting[]) {
  const path = settings.findLast((one) => parameterOf(one.key) === key && one.value === seen)?.path;
  const by = path === undefined ? { en: '', zh: '' } : { en: `; set by ${path}`, zh: `；由 ${path} 设置` };
  return {
    en: `${key} = ${seen ?? '(no such key)'} (required: ${atLeast ? 'at least ' : ''}${needed}${by.en})`,
    zh: `${key} = ${seen ?? '（不存在）'}（要求：${atLeast ? '至少 ' : ''}${needed}${by.zh}）`,
  };
}

const content = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');

/** Limits in muster's file: once raised they stay, and the operator's higher values are kept. */
const limitsIn = (text: string, { atLeast }: Change<'sysctls'>) =>
  Object.fromEntries(Object.entries(atLeast).filter(([key]) => text.includes(`${key} =`)));

export const sysctls: Resource<'sysctls'> = {
  async look(change, host) {
    const wrong = await wrongValues(host, change);
    if (wrong.length > 0) {
      const settings = await sysctlSettings(host);
      const texts = wrong.map((one) => describe(one, settings));
      return todo({ en: texts.map(({ en }) => en).join(', '), zh: texts.map(({ zh }) => zh).join('，') });
    }
    const text = (await host.readFile(change.path)) ?? '';
    if (text === content({ ...change.values, ...limitsIn(text, change) })) return done;
    return todo({ en: `${change.path}: does not set them at boot`, zh: `${change.path}：启动时不会设置这些参数` });
  },
  prior: async (change, host) =>
    Object.keys(await contentFor(change, host)).map((name) => ({ kind: 'sysctl' as const, name })),
  async set(change, { host, say }) {
    const wrong = await wrongValues(host, change);
    const settings = await sysctlSettings(host);
    for (const one of wrong) say(describe(one, settings));
    await host.writeFile(change.path, content(await contentFor(change, host)));
    await output(host, 'sysctl', ['-p', change.path]);
    for (const { path, key, value } of settings) {
      if (!isReadAfter(path, change.path) || (change.values[parameterOf(key)] ?? value) === value) continue;
      say({
        en: `${path} sets ${key} = ${value} at boot, after ${change.path}; muster corrects it after each boot`,
        zh: `${path} 在启动时于 ${change.path} 之后设置 ${key} = ${value}；muster 会在每次启动后更正`,
      });
    }
  },
};

async function contentFor(change: Change<'sysctls'>, host: Host): Promise<Record<string, string | number>> {
  const low = (await wrongValues(host, change)).filter(({ atLeast }) => atLeast);
  const raised = Object.fromEntries(low.map(({ key }) => [key, change.atLeast[key] ?? 0]));
  const before = limitsIn((await host.readFile(change.path)) ?? '', change);
  const limits = Object.entries(change.atLeast).filter(([key]) => key in before || key in raised);
  return { ...change.values, ...Object.fromEntries(limits) };
}
