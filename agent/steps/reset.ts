import { MusterError } from '../../shared/errors.ts';
import { criSocket } from '../../shared/kubeadm/runtime.ts';
import type { Host, UnitResult } from '../host.ts';
import { adminConf, kubeletConf } from '../kube/kubeconfig.ts';
import { caFile, etcdMember, holdsCreatedCluster } from './created-cluster.ts';
import { kubeadmFailure } from './kubeadm-run.ts';
import { output } from './program.ts';
import type { StepContext } from './step.ts';

const manifests = '/etc/kubernetes/manifests';
const pki = '/etc/kubernetes/pki';

/** What kubeadm refuses to work beside. /etc/cni/net.d is not among it: the network plugin's files are good for the next cluster, too. */
const files = [adminConf, kubeletConf, '/etc/kubernetes/bootstrap-kubelet.conf', caFile];

/** Takes away what a half-done kubeadm init or join of this host's own has left. A finished cluster is none of that, and stays. */
export async function cleanUpNode(context: StepContext): Promise<void> {
  if (!(await holdsCreatedCluster(context.host))) await resetNode(context);
}

/**
 * Makes room for a join: takes away what kubeadm would refuse to work beside; where there is nothing, nothing is run. Throws MusterError
 * `cluster-kept` on a host that holds a finished cluster, and `still-mounted` before anything below a mount point would be deleted.
 */
export async function resetNode({ host, assignment, runLong, say }: StepContext): Promise<void> {
  if (await holdsCreatedCluster(host)) {
    throw new MusterError('cluster-kept', 'this host holds a cluster that was created here; muster does not reset it', {
      remedy: 'to give that cluster up for good, on this host: kubeadm reset && rm -rf /var/lib/etcd/member',
    });
  }
  const socket = criSocket(assignment.settings);
  await resetKubernetes({ host, say, socket, runReset: (program, args) => runLong(program, args, { part: 'reset' }) });
}

interface ResetMeans {
  host: Host;
  say(line: string): void;
  /** Of the runtime that the kubelet uses. */
  socket: string;
  runReset(program: string, args: readonly string[]): Promise<UnitResult>;
}

/** kubeadm reset where there is something to reset, and what it leaves. Asks nobody whether the cluster may go. */
export async function resetKubernetes({ host, say, socket, runReset }: ResetMeans): Promise<void> {
  const found = await leftovers(host);
  if (found.length === 0) return;
  say(`cleaning up first: ${found.join(', ')}`);
  const result = await runReset('kubeadm', ['reset', '--force', '--cri-socket', socket]);
  if (result.exitCode !== 0) throw await kubeadmFailure(host, 'reset', result);
  // A reset finds etcd's folder by the manifest, so it leaves one whose manifest was not written yet.
  await remove(host, await leftovers(host));
}

async function leftovers(host: Host): Promise<string[]> {
  const names = (await host.list(manifests)).filter((name) => name.endsWith('.yaml'));
  const candidates = [...files, ...names.map((name) => `${manifests}/${name}`), etcdMember];
  const there = await Promise.all(candidates.map((path) => host.exists(path)));
  return candidates.filter((_, index) => there[index]);
}

async function remove(host: Host, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  const mounts = await mountPoints(host);
  const mounted = mounts.find((mount) => paths.some((path) => mount === path || mount.startsWith(`${path}/`)));
  if (mounted !== undefined) {
    throw new MusterError('still-mounted', `${mounted} is still mounted, so nothing is deleted there`, {
      remedy: `on this host: umount ${mounted}`,
    });
  }
  const folders = paths.includes(caFile) ? [...paths, pki] : paths;
  await output(host, 'rm', ['-rf', '--one-file-system', '--', ...folders]);
}

/** With the kernel's octal escapes (a space is \\040) undone. */
export async function mountPoints(host: Host): Promise<string[]> {
  const lines = ((await host.readFile('/proc/self/mounts')) ?? '').split('\n');
  return lines.flatMap(
    (line) =>
      line.split(' ')[1]?.replace(/\\([0-7]{3})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 8))) ?? [],
  );
}
