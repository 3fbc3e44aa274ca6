import { MusterError } from '../../shared/errors/errors.ts';
import { criSocket } from '../../shared/kubeadm/runtime.ts';
import { externalEtcd } from '../../shared/plan/etcd.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
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

/** Files whose presence makes kubeadm refuse to run. */
const files = [adminConf, kubeletConf, '/etc/kubernetes/bootstrap-kubelet.conf', caFile, kubeletConfig];

/** Removes what an interrupted kubeadm init or join of this host left. A finished cluster stays. */
export async function cleanUpNode(context: StepContext): Promise<void> {
  if (!(await holdsCreatedCluster(context.host))) await resetNode({ ...context, owned: true });
}

/**
 * Prepares for a join or an init: removes files that kubeadm refuses to run with and, if muster made this host a node
 * before, the network state that `kubeadm reset` leaves. Does nothing on a clean host. Throws MusterError
 * `cluster-kept` if the host holds a finished cluster, `still-mounted` before deleting below a mount point,
 * `kubeadm-reset-failed`.
 */
export async function resetNode({ host, assignment, owned, runLong, say }: StepContext): Promise<void> {
  if (await holdsCreatedCluster(host)) {
    throw new MusterError('cluster-kept', { fix: giveUp });
  }
  const socket = criSocket(assignment.settings);
  const runReset: ResetMeans['runReset'] = (program, args) => runLong(program, args, { part: 'reset' });
  const isExternal = externalEtcd(assignment.settings) !== null;
  await resetKubernetes({ host, say, socket, owned, isExternal, runReset });
  if (owned) await removeNetworkLeftovers(host, say);
}

interface ResetMeans {
  host: Host;
  say(line: LocalText): void;
  /** CRI socket of the kubelet's runtime. */
  socket: string;
  /** muster made this host a node, so a running kubelet belongs to it. */
  owned: boolean;
  /** The cluster's etcd is the site's: whatever is below /var/lib/etcd is not Kubernetes'. */
  isExternal: boolean;
  runReset(program: string, args: readonly string[]): Promise<UnitResult>;
}

/**
 * Runs kubeadm reset if there is something to reset, and removes what it leaves. Does not check whether the cluster may
 * be destroyed.
 */
export async function resetKubernetes(means: ResetMeans): Promise<void> {
  const { host, say, socket, owned, isExternal, runReset } = means;
  const found = await leftovers(host, isExternal);
  // A kubelet keeps its port after its files were deleted.
  const running = owned && (await unitNamed(host, 'kubelet')).active;
  if (found.length === 0 && !running) return;
  const all = [...found, ...(running ? ['kubelet.service'] : [])];
  say({
    en: `removing leftovers of an earlier node: ${all.join(', ')}`,
    zh: `正在移除先前节点的残留：${all.join('、')}`,
  });
  await releaseMounts(host);
  // Without a kubeconfig kubeadm asks no API server, whose silence would take minutes. A member of etcd is removed by a duty.
  const offline = ['--kubeconfig', '/nonexistent'];
  const result = await runReset('kubeadm', ['reset', '--force', '--cri-socket', socket, ...offline]);
  if (result.exitCode !== 0) throw kubeadmFailure('reset', result);
  // kubeadm reset finds etcd's folder through the manifest, so it leaves the data if no manifest was written.
  await remove(host, await leftovers(host, isExternal));
}

/** If an unmount below the kubelet's folder fails, kubeadm only warns and then deletes the mounted data. */
async function releaseMounts(host: Host): Promise<void> {
  await refuseMounted(host, [pki, manifests]);
  await changeUnit(host, 'stop', 'kubelet');
  await unmountBelow(host, kubeletFolder);
}

async function leftovers(host: Host, isExternal: boolean): Promise<string[]> {
  const names = (await host.list(manifests)).filter((name) => name.endsWith('.yaml'));
  const data = isExternal ? [] : [etcdMember];
  const candidates = [...files, ...names.map((name) => `${manifests}/${name}`), ...data];
  const there = await Promise.all(candidates.map((path) => host.exists(path)));
  return candidates.filter((_, index) => there[index]);
}

async function remove(host: Host, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await refuseMounted(host, paths);
  const folders = paths.includes(caFile) ? [...paths, pki] : paths;
  await output(host, 'rm', ['-rf', '--one-file-system', '--', ...folders]);
}
