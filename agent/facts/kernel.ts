import type { Facts } from '../../shared/protocol/facts.ts';
import { hostFiles } from '../../shared/steps/content/files.ts';
import type { Host } from '../host/host.ts';
import { swapLines } from '../machine/fstab.ts';
import { hasEffect, isLoaded, knownModules } from '../machine/kernel-module.ts';
import { swapsInUse } from '../machine/swap.ts';
import { readSysctl } from '../machine/sysctl.ts';

export async function moduleFacts(host: Host, kernel: string): Promise<Facts['modules']> {
  const states = await Promise.all(knownModules.map((name) => moduleState(host, kernel, name)));
  return Object.fromEntries(knownModules.map((name, i) => [name, states[i] ?? 'unknown']));
}

async function moduleState(host: Host, kernel: string, name: string): Promise<Facts['modules'][string]> {
  if (await isLoaded(host, name)) return 'loaded';
  if (await hasEffect(host, name)) return 'builtin';
  const folder = `/lib/modules/${kernel}`;
  const has = async (file: string) =>
    new RegExp(`/${name}\\.ko`, 'm').test((await host.readFile(`${folder}/${file}`)) ?? '');
  if (await has('modules.builtin')) return 'builtin';
  if (await has('modules.dep')) return 'available';
  // Without modules.dep nothing is certain: the module may be built in, or loadable by the host of this container.
  return (await host.exists(`${folder}/modules.dep`)) ? 'missing' : 'unknown';
}

const sysctlKeys = [
  'net.bridge.bridge-nf-call-iptables',
  'net.bridge.bridge-nf-call-ip6tables',
  'net.ipv4.ip_forward',
  'net.ipv4.conf.all.rp_filter',
  'vm.overcommit_memory',
  'kernel.panic',
  'kernel.panic_on_oops',
  'kernel.pid_max',
  'fs.inotify.max_user_instances',
  'fs.inotify.max_user_watches',
];

export async function sysctlFacts(host: Host): Promise<Facts['sysctls']> {
  return Object.fromEntries(
    await Promise.all(sysctlKeys.map(async (key) => [key, await readSysctl(host, key)] as const)),
  );
}

export async function swapFacts(host: Host): Promise<Facts['swap']> {
  return {
    devices: (await swapsInUse(host)).map(({ device }) => device),
    fstab: swapLines((await host.readFile(hostFiles.fstab)) ?? ''),
  };
}

export async function cgroupFacts(host: Host): Promise<Facts['cgroup']> {
  const unified = await host.readFile('/sys/fs/cgroup/cgroup.controllers');
  if (unified !== null) return { version: '2', controllers: unified.trim().split(/\s+/).filter(Boolean) };
  const table = await host.readFile('/proc/cgroups');
  if (table === null) return { version: 'unknown', controllers: [] };
  const rows = table
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(/\s+/));
  const controllers = rows.filter((row) => row[3] === '1').flatMap((row) => row[0] ?? []);
  return { version: (await host.exists('/sys/fs/cgroup/unified')) ? 'hybrid' : '1', controllers };
}
