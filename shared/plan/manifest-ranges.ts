/** A range of pod addresses in the manifest of a network plugin. */
export interface ManifestRange {
  plugin: 'Flannel' | 'Calico';
  /** Such as 10.244.0.0/16. */
  range: string;
}

const range = String.raw`["']?(?<range>\d+\.\d+\.\d+\.\d+/\d+)["']?`;
/** `net-conf.json` of Flannel's ConfigMap. */
const flannel = new RegExp(String.raw`"Network\\?"\s*:\s*\\?${range}`, 'g');
/** An environment variable of calico-node; the published manifest has it commented out. */
const calicoNode = new RegExp(
  String.raw`^[^#\n]*\bname:\s*["']?CALICO_IPV4POOL_CIDR["']?[ \t]*[,\n]\s*value:\s*${range}`,
  'gm',
);
/** Pools of Calico's operator (Installation) and of Calico itself (IPPool). */
const pool = new RegExp(String.raw`^[^#\n]*\bcidr:\s*${range}`, 'gm');
const withPools = /^kind:\s*["']?(Installation|IPPool)["']?\s*$/m;

/** The ranges from which a manifest gives pods addresses; empty: it names none, and the plugin uses kubeadm's. */
export function manifestRanges(manifest: string): ManifestRange[] {
  const rangesOf = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].flatMap(({ groups }) => groups?.range ?? []);
  const documents = manifest.split(/^---.*$/m).filter((document) => withPools.test(document));
  const calico = [...rangesOf(manifest, calicoNode), ...documents.flatMap((document) => rangesOf(document, pool))];
  return [
    ...rangesOf(manifest, flannel).map((found) => ({ plugin: 'Flannel' as const, range: found })),
    ...calico.map((found) => ({ plugin: 'Calico' as const, range: found })),
  ];
}

/** The first range of a manifest that is not the planned one; null: none. */
export function otherRange(manifest: string, podSubnet: string): ManifestRange | null {
  return manifestRanges(manifest).find((found) => found.range !== podSubnet) ?? null;
}
