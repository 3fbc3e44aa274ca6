import { bindPort } from '../../kubeadm/ports.ts';
import { defaultNodePorts } from '../../plan/defaults.ts';
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
      { protocol: 'tcp', ...network.nodePorts },
      { protocol: 'udp', ...network.nodePorts },
    ],
  };
}

type Port = Openings['ports'][number];

const rangeOf = ({ from, to }: Port, joint: string) => (from === to ? `${from}` : `${from}${joint}${to}`);
const lineOf = (port: Port) => `  <port protocol="${port.protocol}" port="${rangeOf(port, '-')}"/>`;
const isIn = (list: readonly Port[]) => (port: Port) => list.some((one) => lineOf(one) === lineOf(port));

/** The mark of zones that name what muster has opened; those of earlier releases lack it. */
const description = 'The hosts and subnets of the cluster, and the ports that muster opened in the default zone.';

/**
 * A firewalld zone that accepts all traffic from these sources, regardless of their interface's zone. `ports`: what
 * muster opened in the default zone, to close it there when it is no longer needed.
 */
function ownZone(sources: readonly string[], ports: readonly Port[]): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<!-- Written by muster. -->',
    '<zone target="ACCEPT">',
    '  <short>muster</short>',
    `  <description>${description}</description>`,
    ...sources.map((address) => `  <source address="${address}"/>`),
    ...ports.map(lineOf),
    '</zone>',
    '',
  ].join('\n');
}

/** Ports of a zone, and what contains others: comments, and rules, which may refuse theirs. */
const parts = /<!--[\s\S]*?-->|<rule\b(?:[^>]*\/>|[\s\S]*?<\/rule>)|[ \t]*<port\s[^>]*?(?:\/>|>\s*<\/port>)\n?/g;

/** A port of a zone as firewalld or a person wrote it; null: the part is none. */
function portIn(part: string): Port | null {
  if (!/^\s*<port\s/.test(part)) return null;
  const [protocol, range] = ['protocol', 'port'].map(
    (name) => new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`).exec(part)?.[1] ?? '',
  );
  const [from, to = from] = (range ?? '').split('-').map(Number);
  if ((protocol !== 'tcp' && protocol !== 'udp') || from === undefined || to === undefined) return null;
  return { protocol, from, to };
}

const portsOf = (zone: string): Port[] => (zone.match(parts) ?? []).flatMap((part) => portIn(part) ?? []);

/** What muster opened in the default zone, by its own zone; null: there is none. */
function openedBefore(own: string | null, zone: string, { ports }: Openings): Port[] {
  if (own === null) return [];
  if (own.includes(description)) return portsOf(own);
  const usual = (['tcp', 'udp'] as const).map((protocol) => ({ protocol, ...defaultNodePorts }));
  return [...ports, ...usual].filter((port) => zone.includes(lineOf(port)));
}

/**
 * The contents of muster's own zone and of the default zone `zone`, in the order in which they are written: `claim`
 * names what is about to be opened, `own` what is open then, so that an interruption loses track of no port. A port that
 * the site opened itself stays open.
 */
export function firewalldZones(
  own: string | null,
  zone: string,
  openings: Openings,
): { claim: string; zone: string; own: string } {
  const { sources, ports } = openings;
  const open = portsOf(zone);
  const before = openedBefore(own, zone, openings);
  const added = ports.filter((port) => !isIn(open)(port));
  const after = ports.filter(isIn([...before, ...added]));
  const closed = before.filter((port) => !isIn(ports)(port));
  const rest = zone.replace(parts, (part) => {
    const port = portIn(part);
    return port !== null && isIn(closed)(port) ? '' : part;
  });
  const opened = added.length === 0 ? rest : rest.replace(/<\/zone>/, `${added.map(lineOf).join('\n')}\n</zone>`);
  return { claim: ownZone(sources, [...after, ...closed]), zone: opened, own: ownZone(sources, after) };
}

const begin = '# muster: begin';
const end = '# muster: end';

/** Adds muster's block to the end of table `filter` in /etc/ufw/before.rules and keeps the rest. */
export function ufwRules(current: string, { sources, ports }: Openings, podSubnet: string): string {
  const block = [
    begin,
    ...sources.map((source) => `-A ufw-before-input -s ${source} -j ACCEPT`),
    ...ports.map((one) => `-A ufw-before-input -p ${one.protocol} --dport ${rangeOf(one, ':')} -j ACCEPT`),
    `-A ufw-before-forward -s ${podSubnet} -j ACCEPT`,
    `-A ufw-before-forward -d ${podSubnet} -j ACCEPT`,
    end,
    '',
  ].join('\n');
  const rest = current.replace(new RegExp(`^${begin}\\n[^]*?^${end}\\n`, 'gm'), '');
  const [before = '', filter, after = ''] = rest.split(/^(\*filter\n[\s\S]*?)(?=^COMMIT)/m);
  return filter === undefined ? current : `${before}${filter}${block}${after}`;
}
