import type { LocalText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { output } from '../machine/program.ts';
import { kubernetesFolders } from '../prior/recorder.ts';
import { refuseMounted } from './mounts.ts';

/** Prefixes used only by kube-proxy, the CNI plugins and Calico. */
const chain = /^(KUBE|CNI|cali)-/;
const variants = ['iptables-legacy', 'iptables-nft', 'ip6tables-legacy', 'ip6tables-nft'];
const interfaces = ['cni0', 'flannel.1'];
const proxyInterface = 'kube-ipvs0';
const addresses = '/var/lib/cni';
const cniFolder = '/etc/cni/net.d';
/** This host's pod range, which flannel's daemon writes for its CNI plugin. */
const flannelSubnet = '/run/flannel/subnet.env';

/**
 * Removes the network state that `kubeadm reset` leaves. Only for a host whose Kubernetes state muster created. The new
 * Node gets another pod range. With the old CNI files it would be Ready before the plugin writes new ones, and its
 * first pod would recreate the bridge with an address of the old range, which breaks all later pods.
 */
export async function removeNetworkLeftovers(host: Host, say: (line: LocalText) => void): Promise<void> {
  const removed = [
    ...(await removeVirtualServers(host)),
    ...(await removeAllChains(host)),
    ...(await removeInterfaces(host)),
    ...(await removeAddresses(host)),
    ...(await removeFiles(host)),
  ];
  if (removed.length === 0) return;
  say({
    en: `removed leftovers of an earlier pod network: ${removed.join(', ')}`,
    zh: `已移除先前 Pod 网络的残留：${removed.join('、')}`,
  });
}

/** kube-proxy ships its own iptables, whose rules may be in the other kernel backend than the host's. */
async function removeAllChains(host: Host): Promise<string[]> {
  const first = await Promise.all(variants.map((program) => removeChains(host, program)));
  const rest = await Promise.all(['iptables', 'ip6tables'].map((program) => removeChains(host, program)));
  return [...first, ...rest].includes(true) ? ['iptables'] : [];
}

/** true: chains were removed. */
async function removeChains(host: Host, program: string): Promise<boolean> {
  const { exitCode, stdout } = await host.run(`${program}-save`, []);
  const input = exitCode === 0 ? withoutChains(stdout) : '';
  if (input !== '') await output(host, `${program}-restore`, ['--noflush'], { input });
  return input !== '';
}

async function removeInterfaces(host: Host): Promise<string[]> {
  const there = await Promise.all(interfaces.map((name) => isInterface(host, name)));
  const found = interfaces.filter((_, index) => there[index]);
  for (const name of found) await host.run('ip', ['link', 'delete', name]);
  return found;
}

/** In a container, /sys may show the machine's network; this path shows the host's own. */
const isInterface = (host: Host, name: string) => host.exists(`/proc/sys/net/ipv4/conf/${name}`);

async function removeAddresses(host: Host): Promise<string[]> {
  if (!(await host.exists(addresses))) return [];
  await removeAll(host, [addresses]);
  return [addresses];
}

/** Recursive: plugins that call other plugins keep their files in folders. */
async function removeAll(host: Host, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await refuseMounted(host, paths);
  await output(host, 'rm', ['-rf', '--one-file-system', '--', ...paths]);
}

/** Keeps files that existed before muster or belong to a package. */
async function removeFiles(host: Host): Promise<string[]> {
  const before = await host.recall({ kind: 'folder', name: kubernetesFolders.cni });
  const stays = before?.kind === 'folder' ? new Set(before.was) : null;
  const names = stays === null ? [] : await host.list(cniFolder);
  const since = names.map((name) => `${cniFolder}/${name}`).filter((path) => stays?.has(path) !== true);
  const packaged = await (await packagesOf(host)).owned(since);
  const found = since.filter((path) => !packaged.has(path));
  if (await host.exists(flannelSubnet)) found.push(flannelSubnet);
  await removeAll(host, found);
  return found;
}

/** Input for `iptables-restore --noflush` that deletes these chains and all jumps to them; '': there are none. */
export function withoutChains(saved: string): string {
  const tables = saved.split(/^(?=\*)/m).filter((part) => part.startsWith('*'));
  return tables.map((table) => tableWithoutChains(table.split('\n'))).join('');
}

function tableWithoutChains(lines: readonly string[]): string {
  const names = lines.flatMap((line) => /^:(\S+)/.exec(line)?.[1] ?? []).filter((name) => chain.test(name));
  if (names.length === 0) return '';
  const jumps = lines.flatMap((line) => {
    const [, from = '', rule = ''] = /^-A (\S+) (.*)$/.exec(line) ?? [];
    const target = /(?:^|\s)-[jg] (\S+)/.exec(rule)?.[1] ?? '';
    return !chain.test(from) && chain.test(target) ? [`-D ${from} ${rule}`] : [];
  });
  // A chain can only be deleted when unreferenced, so all are flushed first.
  const empty = names.map((name) => `-F ${name}`);
  const remove = names.map((name) => `-X ${name}`);
  return [lines[0], ...jumps, ...empty, ...remove, 'COMMIT', ''].join('\n');
}

/**
 * kube-proxy in IPVS mode assigns each virtual server's address to its own interface, which distinguishes them from
 * others.
 */
async function removeVirtualServers(host: Host): Promise<string[]> {
  if (!(await isInterface(host, proxyInterface))) return [];
  const shown = await host.run('ip', ['-oneline', 'addr', 'show', 'dev', proxyInterface]);
  const own = new Set([...shown.stdout.matchAll(/inet6? ([0-9a-f.:]+)\//g)].map(([, address]) => address));
  const servers = await host.run('ipvsadm', ['--save', '--numeric']);
  for (const [, kind = '', server = ''] of servers.stdout.matchAll(/^-A -([tu]) (\S+)/gm)) {
    const address = server.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
    if (own.has(address)) await host.run('ipvsadm', ['--delete-service', `-${kind}`, server]);
  }
  await host.run('ip', ['link', 'delete', proxyInterface]);
  return [proxyInterface];
}
