import type { Host } from '../host/host.ts';
import { packagesOf } from '../machine/packages/index.ts';
import { output } from '../machine/program.ts';
import { kubernetesFolders } from '../prior/recorder.ts';
import { refuseMounted } from './mounts.ts';

/** Made by kube-proxy, by CNI's own plugins and by Calico, and by nobody else. */
const chain = /^(KUBE|CNI|cali)-/;
const variants = ['iptables-legacy', 'iptables-nft', 'ip6tables-legacy', 'ip6tables-nft'];
const interfaces = ['cni0', 'flannel.1'];
const proxyInterface = 'kube-ipvs0';
const addresses = '/var/lib/cni';
const cniFolder = '/etc/cni/net.d';
/** Which pod addresses are this host's, as flannel tells its own program. */
const flannelSubnet = '/run/flannel/subnet.env';

/**
 * What `kubeadm reset` leaves of a node's network. Only for a host whose Kubernetes state muster made. The network plugin writes its files
 * anew once it knows the range of pod addresses that the Node has then, which is another one. With the old files the node would be Ready
 * before that, and its first pod would bring back the bridge with an address of the old range, which no later pod gets past.
 */
export async function removeNetworkLeftovers(host: Host, say: (line: string) => void): Promise<void> {
  const removed = [
    ...(await removeVirtualServers(host)),
    ...(await removeAllChains(host)),
    ...(await removeInterfaces(host)),
    ...(await removeAddresses(host)),
    ...(await removeFiles(host)),
  ];
  if (removed.length > 0) say(`removed what an earlier network left: ${removed.join(', ')}`);
}

/** kube-proxy brings an iptables of its own, which may keep its rules in the other of the kernel's two tables than the host's. */
async function removeAllChains(host: Host): Promise<string[]> {
  const first = await Promise.all(variants.map((program) => removeChains(host, program)));
  const rest = await Promise.all(['iptables', 'ip6tables'].map((program) => removeChains(host, program)));
  return [...first, ...rest].includes(true) ? ['chains of iptables'] : [];
}

/** true: there were some. */
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

/** In a container /sys may show the network of the machine; this shows the one that the host is in. */
const isInterface = (host: Host, name: string) => host.exists(`/proc/sys/net/ipv4/conf/${name}`);

async function removeAddresses(host: Host): Promise<string[]> {
  if (!(await host.exists(addresses))) return [];
  await removeAll(host, [addresses]);
  return [addresses];
}

/** Folders, too: plugins that call others keep theirs in one. */
async function removeAll(host: Host, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await refuseMounted(host, paths);
  await output(host, 'rm', ['-rf', '--one-file-system', '--', ...paths]);
}

/** What was there before muster stays, and what a package has brought. */
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

/** What `iptables-restore --noflush` needs to take the chains away, and the rules of others that lead to them; empty: there are none. */
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
  // A chain can go once nothing leads to it, so all are emptied before the first is deleted.
  const empty = names.map((name) => `-F ${name}`);
  const remove = names.map((name) => `-X ${name}`);
  return [lines[0], ...jumps, ...empty, ...remove, 'COMMIT', ''].join('\n');
}

/** kube-proxy in IPVS mode puts the address of each of its virtual servers on an interface of its own: by that they are told from others. */
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
