import type { Status } from '../../shared/protocol/status.ts';
import { copyIn, hostExec } from './hosts.ts';
import { LabError } from './lab-error.ts';

/** The host that the coordinator stands on. */
export const master = 'master01';

/** Runs a command on a host and returns what it printed; throws with all of that when it fails. */
export async function on(host: string, ...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await hostExec(host, argv);
  if (exitCode !== 0) {
    throw new LabError('lab-command', `${argv.join(' ')} on ${host} ended with ${exitCode}:\n${stdout}${stderr}`);
  }
  return stdout;
}

/** Puts the release where the README's quick start has it on master01. */
export async function unpackRelease(archive: string): Promise<void> {
  await copyIn(master, archive, '/root/muster.tar.gz');
  await on(
    master,
    'tar',
    '-xzf',
    '/root/muster.tar.gz',
    '-C',
    '/root',
    '--one-top-level=muster',
    '--strip-components=1',
  );
}

/** Does what the README's quick start tells an operator to do on master01: unpack the release, write the plan, run setup.sh. */
export async function installCoordinator(archive: string, plan: string): Promise<void> {
  await unpackRelease(archive);
  const written = await hostExec(master, ['tee', '/root/cluster.yaml'], { input: plan });
  if (written.exitCode !== 0) throw new LabError('lab-command', `writing the plan failed: ${written.stderr}`);
  await on(master, '/root/muster/setup.sh', '--plan', '/root/cluster.yaml');
}

/** The line to paste on a host: every worker shares one, a control plane gets its own. */
export async function oneLiner(host: string | '--workers'): Promise<string> {
  return (await on(master, 'muster', 'token', 'create', host)).trim();
}

/** Pastes a one-liner into a root shell of the host. */
export async function paste(host: string, line: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return hostExec(host, ['bash', '-c', line]);
}

export async function clusterStatus(): Promise<Status> {
  return JSON.parse(await on(master, 'muster', 'status', '--json')) as Status;
}

export async function kubectl(...args: string[]): Promise<string> {
  return on(master, 'kubectl', '--kubeconfig', '/etc/kubernetes/admin.conf', ...args);
}
