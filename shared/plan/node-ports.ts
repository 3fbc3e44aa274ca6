import { flagName, readArguments } from '../kubeadm/arguments.ts';
import { defaultNodePorts } from './defaults.ts';

/** A range of ports, both inclusive. */
export interface PortRange {
  from: number;
  to: number;
}

export const nodePortsArgument = 'service-node-port-range';

/** Reads a range as kube-apiserver does: 30000-32767, 30000+2767 or 30000; null: it is none. */
export function readPortRange(written: string): PortRange | null {
  const [, first, last, more] = /^(\d+)(?:-(\d+)|\+(\d+))?$/.exec(written) ?? [];
  const from = Number(first);
  const to = last === undefined ? from + Number(more ?? 0) : Number(last);
  // Nothing listens on port 0, which a range may begin with.
  return first === undefined || from > to || to < 1 || to > 65_535 ? null : { from: Math.max(from, 1), to };
}

const isNodePorts = ({ name }: { name: string }) => flagName(name) === nodePortsArgument;

/**
 * The ports of NodePort Services, which kube-proxy redirects, with this ClusterConfiguration of kubeadm. `isWritten`: it
 * names them; `range` null: as something that is no range.
 */
export function nodePorts(clusterConfiguration: unknown): { isWritten: boolean; range: PortRange | null } {
  const written = readArguments(ofApiServer(clusterConfiguration)?.extraArgs).filter(isNodePorts);
  // kubeadm sorts an argument that is repeated by its values, and the last one counts.
  const last = written
    .map(({ value }) => String(value))
    .sort()
    .at(-1);
  return { isWritten: last !== undefined, range: last === undefined ? { ...defaultNodePorts } : readPortRange(last) };
}

/** The same ClusterConfiguration without that argument. */
export function withoutNodePorts(clusterConfiguration: unknown): unknown {
  const apiServer = ofApiServer(clusterConfiguration);
  const args = readArguments(apiServer?.extraArgs);
  if (!args.some(isNodePorts)) return clusterConfiguration;
  const rest = args.filter((one) => !isNodePorts(one));
  const extraArgs = Array.isArray(apiServer?.extraArgs)
    ? rest
    : Object.fromEntries(rest.map(({ name, value }) => [name, value]));
  const { extraArgs: _, ...others } = apiServer ?? {};
  const own = { ...others, ...(rest.length === 0 ? {} : { extraArgs }) };
  const { apiServer: _before, ...sections } = clusterConfiguration as Record<string, unknown>;
  return { ...sections, ...(Object.keys(own).length === 0 ? {} : { apiServer: own }) };
}

const sizeOf = ({ from, to }: PortRange) => Math.max(0, to - from + 1);

/** Whether a firewall that opens the range opens much more than is usual: ports of the system, or many others. */
export function isWide(range: PortRange): boolean {
  const { from, to } = defaultNodePorts;
  const usual = { from: Math.max(range.from, from), to: Math.min(range.to, to) };
  return range.from < 1024 || sizeOf(range) - sizeOf(usual) > sizeOf(defaultNodePorts);
}

function ofApiServer(clusterConfiguration: unknown): Record<string, unknown> | undefined {
  const { apiServer } = (clusterConfiguration ?? {}) as { apiServer?: unknown };
  return typeof apiServer === 'object' && apiServer !== null ? (apiServer as Record<string, unknown>) : undefined;
}
