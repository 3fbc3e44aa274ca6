import { copyIn } from '../../lab/hosts.ts';
import { on } from '../../lab/install.ts';

/** Shared by the baselines: the tutorial's commands, as scripts that run on the hosts. */

export type Runtime = 'docker' | 'containerd';

/** Seconds from the first command to the end of each phase on the last host. */
export type Phases = Record<'prepared' | 'initialised' | 'joined' | 'ready', number>;

export const master = 'master01';
export const workers = ['node01', 'node02'] as const;

const sockets = { docker: '/var/run/dockershim.sock', containerd: '/run/containerd/containerd.sock' } as const;
export const socketOf = (runtime: Runtime) => sockets[runtime];

/** Runs a script of files/ on a host; throws with its output if it fails. */
export async function script(host: string, name: string, ...args: string[]): Promise<string> {
  const target = `/root/${name}.sh`;
  await copyIn(host, `${import.meta.dirname}/files/${name}.sh`, target);
  return on(host, target, ...args);
}

/** Returns a function that returns the seconds since now. */
export function stopwatch(): () => number {
  const start = performance.now();
  return () => (performance.now() - start) / 1000;
}

/** Extracts the key of the certificates that kubeadm init has uploaded. */
export function certificateKey(printed: string): string {
  const [, key] = printed.match(/--certificate-key ([0-9a-f]{64})/) ?? [];
  if (key === undefined) throw new Error(`kubeadm printed no certificate key:\n${printed}`);
  return key;
}

/** Extracts the join command from the output of kubeadm init, where it spans two lines, as words: a worker's. */
export function joinCommand(printed: string): string[] {
  const commands = printed.replace(/\\\n/g, ' ').match(/kubeadm join .*/g) ?? [];
  const command = commands.find((one) => !one.includes('--control-plane'));
  if (command === undefined) throw new Error(`kubeadm printed no join command:\n${printed}`);
  return command.trim().split(/\s+/);
}
