import ipaddr from 'ipaddr.js';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { nameserverFacts } from './nameservers.ts';

type Network = Facts['network'];

/** Network configuration of this host. Read-only; nothing is sent. */
export async function networkFacts(host: Host): Promise<Network> {
  const [nameservers, hosts, table, ufw, proxies, unmanaged, legacyTables, interfaces] = await Promise.all([
    nameserverFacts(host),
    host.readFile('/etc/hosts'),
    host.readFile('/proc/net/route'),
    host.readFile('/etc/ufw/ufw.conf'),
    proxyFacts(host),
    unmanagedInterfaces(host),
    // Readable by root only.
    host.readFile('/proc/net/ip_tables_names').catch(() => null),
    interfaceFacts(host),
  ]);
  const routes = (table ?? '').split('\n').slice(1).flatMap(readRoute);
  return {
    ...nameservers,
    plannedResolvConf: null,
    localhostInHostsFile: /^[ \t]*127\.[\d.]+[ \t](?:[^#\n]*[ \t])?localhost(?![^\s#])/im.test(hosts ?? ''),
    routes: table === null ? null : routes.filter(({ destination }) => destination !== '0.0.0.0/0').slice(0, 256),
    gateways: table === null ? null : gatewaysIn(table),
    defaultInterfaces:
      table === null
        ? null
        : [...new Set(routes.filter((one) => one.destination === '0.0.0.0/0').map((one) => one.interface))],
    interfaces,
    ufwEnabled: /^ENABLED=yes/m.test(ufw ?? ''),
    proxies,
    unmanagedInterfaces: unmanaged,
    legacyTables: legacyTables === null ? null : legacyTables.split('\n').filter(Boolean),
  };
}

/** A row of /proc/net/route; addresses are hexadecimal, lowest byte first. */
function readRoute(row: string): { destination: string; interface: string }[] {
  const [name, destination, , flags, , , , mask] = row.split(/\s+/);
  if (name === undefined || destination === undefined || mask === undefined) return [];
  const isUp = (Number.parseInt(flags ?? '0', 16) & 1) === 1;
  if (!isUp) return [];
  const address = (hex: string) => new ipaddr.IPv4([...Buffer.from(hex, 'hex')].reverse());
  const prefix = address(mask).prefixLengthFromSubnetMask();
  return prefix === null ? [] : [{ destination: `${address(destination)}/${prefix}`, interface: name }];
}

/** Addresses of the routers of routes that have one. */
function gatewaysIn(table: string): string[] {
  const rows = table.split('\n').slice(1);
  const gateways = rows.map((row) => row.split(/\s+/)[2] ?? '').filter((hex) => /^[0-9A-F]{8}$/i.test(hex));
  const addresses = gateways.map((hex) => String(new ipaddr.IPv4([...Buffer.from(hex, 'hex')].reverse())));
  return [...new Set(addresses)].filter((address) => address !== '0.0.0.0').slice(0, 16);
}

async function interfaceFacts(host: Host): Promise<Network['interfaces']> {
  const folder = '/sys/class/net';
  const names = await host.list(folder);
  const found = await Promise.all(
    names.slice(0, 256).map(async (name) => {
      const mtu = (await host.readFile(`${folder}/${name}/mtu`).catch(() => null))?.trim();
      return mtu === undefined ? [] : [{ name, mtu: Number(mtu) }];
    }),
  );
  return names.length === 0 ? null : found.flat();
}

/** Proxy settings of services and logins. */
async function proxyFacts(host: Host): Promise<Network['proxies']> {
  // The last one holds for all services.
  const units = ['docker.service.d', 'containerd.service.d', 'kubelet.service.d', 'service.d'];
  const folders = [...units.map((name) => `/etc/systemd/system/${name}`), '/etc/systemd/system.conf.d'];
  const files = await Promise.all(
    folders.map(async (folder) => (await host.list(folder)).map((name) => `${folder}/${name}`)),
  );
  const found = await Promise.all(
    ['/etc/environment', '/etc/systemd/system.conf', ...files.flat()].map(async (path) => {
      const text = (await host.readFile(path)) ?? '';
      const value = (name: string) =>
        new RegExp(`^[^#\\n]*?\\b${name}=["']?([^"'\\n]*)`, 'im').exec(text)?.[1]?.trim() ?? '';
      const hasProxy = value('https?_proxy') !== '';
      return hasProxy ? [{ path, noProxy: value('no_proxy') }] : [];
    }),
  );
  return found.flat().slice(0, 16);
}

async function unmanagedInterfaces(host: Host): Promise<boolean> {
  const folder = '/etc/NetworkManager/conf.d';
  const paths = (await host.list(folder)).map((name) => `${folder}/${name}`);
  const texts = await Promise.all(
    [...paths, '/etc/NetworkManager/NetworkManager.conf'].map((path) => host.readFile(path)),
  );
  return texts.some((text) =>
    /^[ \t]*unmanaged-devices\s*[+]?=.*interface-name:(cali|cni|flannel|veth)/m.test(text ?? ''),
  );
}
