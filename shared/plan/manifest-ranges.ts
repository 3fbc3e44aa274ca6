import { parseSubnet } from '../subnet.ts';

/** A range of pod addresses in the manifest of a network plugin. */
export interface ManifestRange {
  plugin: 'Flannel' | 'Calico' | 'Cilium' | 'Weave Net';
  /** Such as 10.244.0.0/16. */
  range: string;
}

const range = String.raw`["']?(?<range>\d+\.\d+\.\d+\.\d+/\d+)["']?`;
const key = (name: string) => String.raw`\b${name}["']?\s*:\s*`;
/** To the next key: a comma of JSON, comments. */
const gap = String.raw`\s*(?:,\s*)?(?:#[^\n]*\n\s*)*["']?`;
/** An environment variable of a container, with name and value in either order; not in a comment. */
const variable = (name: string) => [
  new RegExp(String.raw`^[^#\n]*${key('name')}["']?${name}["']?${gap}${key('value')}${range}`, 'gm'),
  new RegExp(String.raw`^[^#\n]*${key('value')}${range}${gap}${key('name')}["']?${name}\b`, 'gm'),
];

const patterns: Readonly<Record<ManifestRange['plugin'], readonly RegExp[]>> = {
  /** `net-conf.json` of Flannel's ConfigMap. */
  Flannel: [new RegExp(String.raw`^[^#\n]*"Network\\?"\s*:\s*\\?${range}`, 'gm')],
  /** Of calico-node; the published manifest has it commented out. */
  Calico: variable('CALICO_IPV4POOL_CIDR'),
  /** Of cilium-config. */
  Cilium: [new RegExp(String.raw`^[^#\n]*${key('cluster-pool-ipv4-cidr')}${range}`, 'gm')],
  'Weave Net': variable('IPALLOC_RANGE'),
};
/** Pools of Calico's operator (Installation) and of Calico itself (IPPool). */
const pool = new RegExp(String.raw`^[^#\n]*${key('cidr')}${range}`, 'gm');
const withPools = /^kind:\s*["']?(Installation|IPPool)["']?\s*$/m;

/** The ranges from which a manifest gives pods addresses; empty: it names none, and the plugin uses kubeadm's. */
export function manifestRanges(manifest: string): ManifestRange[] {
  const rangesOf = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].flatMap(({ groups }) => groups?.range ?? []);
  const documents = manifest.split(/^---.*$/m).filter((document) => withPools.test(document));
  const pools = documents.flatMap((document) => rangesOf(document, pool));
  return [
    ...(Object.keys(patterns) as ManifestRange['plugin'][]).flatMap((plugin) =>
      patterns[plugin].flatMap((pattern) => rangesOf(manifest, pattern)).map((found) => ({ plugin, range: found })),
    ),
    ...pools.map((found) => ({ plugin: 'Calico' as const, range: found })),
  ];
}

/** Plugins that also work with a range of their own. */
const independent: readonly ManifestRange['plugin'][] = ['Cilium', 'Weave Net'];

/** The first range of a manifest with which the plugin does not work; null: none. */
export function otherRange(manifest: string, podSubnet: string): ManifestRange | null {
  return misfits(manifest, podSubnet).find(({ plugin }) => !independent.includes(plugin)) ?? null;
}

/** The first range outside the planned one with which the plugin works nevertheless; null: none. */
export function ownRange(manifest: string, podSubnet: string): ManifestRange | null {
  return misfits(manifest, podSubnet).find(({ plugin }) => independent.includes(plugin)) ?? null;
}

/** Flannel needs the planned range, others may use a part of it. */
const misfits = (manifest: string, podSubnet: string): ManifestRange[] =>
  manifestRanges(manifest).filter(({ plugin, range }) =>
    plugin === 'Flannel' ? range !== podSubnet : !isWithin(range, podSubnet),
  );

function isWithin(part: string, whole: string): boolean {
  const [inner, outer] = [parseSubnet(part), parseSubnet(whole)];
  return inner !== null && outer !== null && inner[1] >= outer[1] && inner[0].match(outer[0], outer[1]);
}
