import { bindPort } from '../../kubeadm/ports.ts';
import type { ClusterSettings, Role } from '../../plan/schema.ts';

/** Configuration files of firewalld and ufw. */
export const firewallFiles = {
  firewalld: 'firewalld.service',
  firewalldConfig: '/etc/firewalld/firewalld.conf',
  zones: '/etc/firewalld/zones',
  shippedZones: '/usr/lib/firewalld/zones',
  ufwConfig: '/etc/ufw/ufw.conf',
  ufwRules: '/etc/ufw/before.rules',
} as const;

const nodePorts = { from: 30_000, to: 32_767 };

/**
 * Traffic allowed through an active firewall: everything from the cluster's hosts, pods and services, and these ports
 * from any address.
 */
export interface Openings {
  sources: string[];
  ports: { protocol: 'tcp' | 'udp'; from: number; to: number }[];
}

/**
 * Ports of etcd and the kubelet, tunnels of network plugins and VRRP are omitted: the cluster's own hosts are allowed
 * everything.
 */
export function openings({ hosts, network, endpoint }: ClusterSettings, role: Role): Openings {
  const port = bindPort({ endpoint });
  const apiServer = { protocol: 'tcp' as const, from: port, to: port };
  return {
    sources: [...hosts.map(({ address }) => address), network.podSubnet, network.serviceSubnet],
    ports: [
      ...(role === 'control-plane' ? [apiServer] : []),
      { protocol: 'tcp', ...nodePorts },
      { protocol: 'udp', ...nodePorts },
    ],
  };
}

/** A firewalld zone that accepts all traffic from these sources, regardless of their interface's zone. */
export function firewalldZone({ sources }: Openings): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<!-- Written by muster. -->',
    '<zone target="ACCEPT">',
    '  <short>muster</short>',
    ...sources.map((address) => `  <source address="${address}"/>`),
    '</zone>',
    '',
  ].join('\n');
}

/** Adds the missing ports to a zone file. */
export function withPorts(zone: string, { ports }: Openings): string {
  const missing = ports
    .map(({ protocol, from, to }) => `  <port protocol="${protocol}" port="${from === to ? from : `${from}-${to}`}"/>`)
    .filter((line) => !zone.includes(line.trim()));
  return missing.length === 0 ? zone : zone.replace(/<\/zone>/, `${missing.join('\n')}\n</zone>`);
}

const begin = '# muster: begin';
const end = '# muster: end';

/** Adds muster's block to the end of table `filter` in /etc/ufw/before.rules and keeps the rest. */
export function ufwRules(current: string, { sources, ports }: Openings, podSubnet: string): string {
  const range = ({ from, to }: Openings['ports'][number]) => (from === to ? `${from}` : `${from}:${to}`);
  const block = [
    begin,
    ...sources.map((source) => `-A ufw-before-input -s ${source} -j ACCEPT`),
    ...ports.map((one) => `-A ufw-before-input -p ${one.protocol} --dport ${range(one)} -j ACCEPT`),
    `-A ufw-before-forward -s ${podSubnet} -j ACCEPT`,
    `-A ufw-before-forward -d ${podSubnet} -j ACCEPT`,
    end,
    '',
  ].join('\n');
  const rest = current.replace(new RegExp(`^${begin}\\n[^]*?^${end}\\n`, 'gm'), '');
  const [before = '', filter, after = ''] = rest.split(/^(\*filter\n[\s\S]*?)(?=^COMMIT)/m);
  return filter === undefined ? current : `${before}${filter}${block}${after}`;
}
