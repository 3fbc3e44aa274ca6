import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';

/** Where the effect of a module shows, however it came into the kernel: br_netfilter may be built in without a trace in /sys/module. */
const effects: Record<string, (host: Host) => Promise<boolean>> = {
  br_netfilter: (host) => host.exists('/proc/sys/net/bridge'),
  overlay: async (host) => /^(nodev)?\s*overlay$/m.test((await host.readFile('/proc/filesystems')) ?? ''),
  nf_conntrack: (host) => host.exists('/proc/sys/net/netfilter/nf_conntrack_max'),
  ip_vs: (host) => host.exists('/proc/net/ip_vs'),
  vxlan: (host) => host.exists('/sys/module/vxlan'),
};

export async function moduleFacts(host: Host, kernel: string): Promise<Facts['modules']> {
  const names = Object.keys(effects);
  const states = await Promise.all(names.map((name) => moduleState(host, kernel, name)));
  return Object.fromEntries(names.map((name, i) => [name, states[i] ?? 'unknown']));
}

async function moduleState(host: Host, kernel: string, name: string): Promise<Facts['modules'][string]> {
  const loaded = await host.readFile('/proc/modules');
  if (loaded?.split('\n').some((line) => line.startsWith(`${name} `)) === true) return 'loaded';
  if ((await effects[name]?.(host)) === true) return 'builtin';
  const folder = `/lib/modules/${kernel}`;
  const has = async (file: string) =>
    new RegExp(`/${name}\\.ko`, 'm').test((await host.readFile(`${folder}/${file}`)) ?? '');
  if (await has('modules.builtin')) return 'builtin';
  if (await has('modules.dep')) return 'available';
  // Without a list nothing can be said: a container's host may still load it, a kernel may have it built in and unused.
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
  const read = async (key: string) => (await host.readFile(`/proc/sys/${key.replaceAll('.', '/')}`))?.trim() ?? null;
  return Object.fromEntries(await Promise.all(sysctlKeys.map(async (key) => [key, await read(key)] as const)));
}

export async function swapFacts(host: Host): Promise<Facts['swap']> {
  const swaps = (await host.readFile('/proc/swaps')) ?? '';
  const fstab = (await host.readFile('/etc/fstab')) ?? '';
  return {
    devices: swaps
      .split('\n')
      .slice(1)
      .flatMap((line) => line.split(/\s+/)[0] || []),
    fstab: fstab
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => !line.startsWith('#') && line.split(/\s+/)[2] === 'swap'),
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
