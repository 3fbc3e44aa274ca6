import { setTimeout as sleep } from 'node:timers/promises';
import type { Status } from '../../shared/protocol/status.ts';
import { copyIn, hostExec, runningMasters } from './hosts.ts';
import { LabError } from './lab-error.ts';
import { hostNamed } from './layout.ts';

export const master = 'master01';
const adminConf = '/etc/kubernetes/admin.conf';

/** Runs a command on a host and returns its standard output; throws with all output if it fails. */
export async function on(host: string, ...argv: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await hostExec(host, argv);
  if (exitCode !== 0) {
    throw new LabError('lab-command', `${argv.join(' ')} on ${host} ended with ${exitCode}:\n${stdout}${stderr}`);
  }
  return stdout;
}

/** Unpacks the release on master01 as in the README's quick start. */
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

/** Follows the README's quick start on master01: unpacks the release, writes the plan, runs setup.sh. */
export async function installCoordinator(archive: string, plan: string): Promise<void> {
  await unpackRelease(archive);
  const written = await hostExec(master, ['tee', '/root/cluster.yaml'], { input: plan });
  if (written.exitCode !== 0) throw new LabError('lab-command', `writing the plan failed: ${written.stderr}`);
  await on(master, '/root/muster/setup.sh', '--plan', '/root/cluster.yaml');
}

/** muster's command line on a master whose coordinator answers it: with several masters, one is active. */
async function musterSays(...args: string[]): Promise<string> {
  const [first = master, ...others] = runningMasters();
  for (const name of [first, ...others]) {
    const { exitCode, stdout } = await hostExec(name, ['muster', ...args]);
    if (exitCode === 0) return stdout;
  }
  return on(first, 'muster', ...args);
}

/** The install command for a host: workers share one, a control plane gets its own. */
export async function oneLiner(host: string | '--workers'): Promise<string> {
  return (await musterSays('token', 'create', host)).trim();
}

/** Runs an install command in a root shell of the host. */
export async function paste(host: string, line: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return hostExec(host, ['bash', '-c', line]);
}

export async function clusterStatus(): Promise<Status> {
  return JSON.parse(await musterSays('status', '--json')) as Status;
}

async function serves(name: string): Promise<boolean> {
  const argv = ['curl', '-sk', '-m', '3', `https://${hostNamed(name)?.address}:6443/readyz`];
  const [isHolder, ready] = await Promise.all([hostExec(name, ['test', '-e', adminConf]), hostExec(name, argv)]);
  return isHolder.exitCode === 0 && ready.stdout === 'ok';
}

/** A master whose API server is ready; where only one runs, that one. On a busy machine, none may be for a moment. */
export async function servingMaster(): Promise<string> {
  const masters = runningMasters();
  if (masters.length <= 1) return masters[0] ?? master;
  for (let attempt = 0; attempt < 5; attempt++) {
    for (const name of masters) if (await serves(name)) return name;
    await sleep(1_000);
  }
  throw new LabError('lab-command', `the API server of none of ${masters.join(', ')} is ready`);
}

/** kubectl on a master whose API server is ready. */
export async function kubectl(...args: string[]): Promise<string> {
  return on(await servingMaster(), 'kubectl', '--kubeconfig', adminConf, ...args);
}
