import { MusterError } from '../../shared/errors/errors.ts';
import { criSocket } from '../../shared/kubeadm/runtime.ts';
import type { Host, UnitResult } from '../host/host.ts';
import { adminConf, kubeletConf } from '../kube/kubeconfig.ts';
import { kubeletConfig, kubeletFolder } from '../machine/kubelet.ts';
import { output } from '../machine/program.ts';
import { changeUnit, unitNamed } from '../machine/unit.ts';
import { caFile, etcdMember, holdsCreatedCluster } from './created-cluster.ts';
import { kubeadmFailure } from './kubeadm-run.ts';
import { refuseMounted, unmountBelow } from './mounts.ts';
import { removeNetworkLeftovers } from './network-leftovers.ts';
import type { StepContext } from './step.ts';

const manifests = '/etc/kubernetes/manifests';
const pki = '/etc/kubernetes/pki';

const giveUp = {
  en: 'to give up the cluster, on this host: kubeadm reset && rm -rf /var/lib/etcd/member',
  zh: '若要放弃该集群，在该主机上：kubeadm reset && rm -rf /var/lib/etcd/member',
};

/** What kubeadm refuses to work beside. */
const files = [adminConf, kubeletConf, '/etc/kubernetes/bootstrap-kubelet.conf', caFile, kubeletConfig];

/** Takes away what a half-done kubeadm init or join of this host's own has left. A finished cluster is none of that, and stays. */
export async function cleanUpNode(context: StepContext): Promise<void> {
  if (!(await holdsCreatedCluster(context.host))) await resetNode({ ...context, owned: true });
}

/**
 * Makes room for a join or an init: takes away what kubeadm would refuse to work beside and, where muster made this host a node before, what
 * `kubeadm reset` leaves of its network. Where there is nothing, nothing is run. Throws MusterError `cluster-kept` on a host that holds a finished
 * cluster, and `still-mounted` before anything below a mount point would be deleted.
 */
export async function resetNode({ host, assignment, owned, runLong, say }: StepContext): Promise<void> {
  if (await holdsCreatedCluster(host)) {
    throw new MusterError('cluster-kept', { fix: giveUp });
  }
  const socket = criSocket(assignment.settings);
  const runReset: ResetMeans['runReset'] = (program, args) => runLong(program, args, { part: 'reset' });
  await resetKubernetes({ host, say, socket, owned, runReset });
  if (owned) await removeNetworkLeftovers(host, say);
}

interface ResetMeans {
  host: Host;
  say(line: string): void;
  /** Of the runtime that the kubelet uses. */
  socket: string;
  /** muster made this host a node: its kubelet, too, is there for nothing else. */
  owned: boolean;
  runReset(program: string, args: readonly string[]): Promise<UnitResult>;
}

/** kubeadm reset where there is something to reset, and what it leaves. Asks nobody whether the cluster may go. */
export async function resetKubernetes({ host, say, socket, owned, runReset }: ResetMeans): Promise<void> {
  const found = await leftovers(host);
  // A kubelet whose files were deleted under it still holds its port.
  const running = owned && (await unitNamed(host, 'kubelet')).active;
  if (found.length === 0 && !running) return;
  say(`removing leftovers of an earlier node: ${[...found, ...(running ? ['running kubelet'] : [])].join(', ')}`);
  await releaseMounts(host);
  const result = await runReset('kubeadm', ['reset', '--force', '--cri-socket', socket]);
  if (result.exitCode !== 0) throw kubeadmFailure('reset', result);
  // A reset finds etcd's folder by the manifest, so it leaves one whose manifest was not written yet.
  await remove(host, await leftovers(host));
}

/** kubeadm only warns when it can't unmount something below the kubelet's folder, and then deletes what is in there. */
async function releaseMounts(host: Host): Promise<void> {
  await refuseMounted(host, [pki, manifests]);
  await changeUnit(host, 'stop', 'kubelet');
  await unmountBelow(host, kubeletFolder);
}

async function leftovers(host: Host): Promise<string[]> {
  const names = (await host.list(manifests)).filter((name) => name.endsWith('.yaml'));
  const candidates = [...files, ...names.map((name) => `${manifests}/${name}`), etcdMember];
  const there = await Promise.all(candidates.map((path) => host.exists(path)));
  return candidates.filter((_, index) => there[index]);
}

async function remove(host: Host, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await refuseMounted(host, paths);
  const folders = paths.includes(caFile) ? [...paths, pki] : paths;
  await output(host, 'rm', ['-rf', '--one-file-system', '--', ...folders]);
}
