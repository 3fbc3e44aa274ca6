import { MusterError } from '../../shared/errors/errors.ts';
import { done, type Resource, todo } from '../changes/resource.ts';
import type { Host, HostView } from '../host/host.ts';
import { confFiles } from './conf-files.ts';
import { packagesOf } from './packages/index.ts';
import { failureText, lastWords } from './program.ts';

type View = Pick<HostView, 'readFile' | 'exists'>;

/** Traces of each module in the running kernel; a built-in module is not listed in /proc/modules. */
const effects: Readonly<Record<string, (host: View) => Promise<boolean>>> = {
  br_netfilter: (host) => host.exists('/proc/sys/net/bridge/bridge-nf-call-iptables'),
  overlay: async (host) => /^(nodev)?[ \t]*overlay$/m.test((await host.readFile('/proc/filesystems')) ?? ''),
  nf_conntrack: (host) => host.exists('/proc/sys/net/netfilter/nf_conntrack_max'),
  ip_vs: (host) => host.exists('/proc/net/ip_vs'),
  vxlan: (host) => host.exists('/sys/module/vxlan'),
};
export const knownModules = Object.keys(effects);

/** Whether the kernel provides the module, loaded or built in. */
export const hasEffect = async (host: View, name: string): Promise<boolean> => (await effects[name]?.(host)) === true;

export async function isLoaded(host: Pick<HostView, 'readFile'>, name: string): Promise<boolean> {
  return ((await host.readFile('/proc/modules')) ?? '').split('\n').some((line) => line.startsWith(`${name} `));
}

const modprobeFolders = ['/etc', '/run', '/usr/local/lib', '/usr/lib', '/lib'].map((folder) => `${folder}/modprobe.d`);
/** As hardening guides disable a module: modprobe runs a command that does nothing in place of loading it. */
const replaced = /^[ \t]*install[ \t]+(\S+)[ \t]+(?:(?:\/usr)?\/bin\/(?:true|false)|true|false|:)[ \t]*(?:#.*)?$/gm;

/** The known modules that a file of modprobe disables. It takes a hyphen in a name for an underscore. */
export async function disabledModules(
  host: Pick<HostView, 'list' | 'readFile'>,
): Promise<{ name: string; path: string }[]> {
  const paths = await confFiles(host, modprobeFolders);
  const found = await Promise.all(
    paths.map(async (path) => {
      const lines = ((await host.readFile(path)) ?? '').matchAll(replaced);
      return [...lines].map(([, name = '']) => ({ name: name.replaceAll('-', '_'), path }));
    }),
  );
  return found.flat().filter(({ name }) => knownModules.includes(name));
}

/** Returns why the module stays loaded; null: it is unloaded. */
export async function unloadModule(host: Host, name: string): Promise<string | null> {
  const result = await host.run('modprobe', ['-r', name]);
  return result.exitCode === 0 ? null : lastWords(result);
}

export const kernelModule: Resource<'module'> = {
  async look({ name }, host) {
    if (await hasEffect(host, name)) return done;
    return todo({ en: `kernel module ${name}: not loaded`, zh: `内核模块 ${name}：未加载` });
  },
  prior: async ({ name }) => [{ kind: 'module', name }],
  async set({ name }, { host }) {
    const result = await host.run('modprobe', [name]);
    if (result.exitCode === 0 || (await hasEffect(host, name))) return;
    const kernel = (await host.readFile('/proc/sys/kernel/osrelease'))?.trim() ?? '';
    const { commands } = (await packagesOf(host)).format;
    const install = commands.install([`linux-modules-extra-${kernel}`]);
    throw new MusterError('module-missing', { kernel, name, reason: failureText(result), install });
  },
};
