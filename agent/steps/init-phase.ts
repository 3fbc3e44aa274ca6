import { MusterError } from '../../shared/errors/errors.ts';
import { initPhaseYaml } from '../../shared/kubeadm/init-phase.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Host } from '../host/host.ts';
import type { KubeClient } from '../kube/client.ts';
import { kubeadmConfig } from '../kube/configuration.ts';
import { output } from '../machine/program.ts';

/**
 * On tmpfs, because it may contain a secret. Each phase has its own: a duty may run one while the loop runs another.
 */
const fileOf = (phase: readonly string[]) => `${agentPaths.volatile}/${phaseFilePrefix}${phase.join('-')}.yaml`;
export const phaseFilePrefix = 'kubeadm-phase-';
const timeoutMs = 120_000;

interface Means {
  host: Host;
  client: KubeClient;
  assignment: Assignment;
}

interface PhaseOptions {
  flags?: readonly string[];
  /** Further fields of InitConfiguration. */
  fields?: Record<string, unknown>;
}

/**
 * Runs a phase of `kubeadm init` on a control plane of a running cluster, with the configuration that the cluster has:
 * kubeadm would otherwise look up the newest version on the internet. Throws MusterError `no-kubeadm-config`,
 * `program-failed`, `kube-unreachable` or `kube-refused`.
 */
export async function runInitPhase(
  { host, client, assignment }: Means,
  phase: readonly string[],
  options: PhaseOptions = {},
): Promise<void> {
  const recorded = await kubeadmConfig(client);
  if (recorded === null) throw new MusterError('no-kubeadm-config');
  await runPhase({ host, assignment }, phase, recorded.text, options);
}

/** Runs a phase of `kubeadm init` with a document ClusterConfiguration. Throws MusterError `program-failed`. */
export async function runPhase(
  { host, assignment }: Pick<Means, 'host' | 'assignment'>,
  phase: readonly string[],
  clusterConfiguration: string,
  { flags = [], fields = {} }: PhaseOptions = {},
): Promise<void> {
  const file = fileOf(phase);
  await host.writeFile(file, initPhaseYaml(assignment, clusterConfiguration, fields), { mode: 0o600 });
  try {
    await output(host, 'kubeadm', ['init', 'phase', ...phase, '--config', file, ...flags], { timeoutMs });
  } finally {
    await host.removeFile(file);
  }
}
