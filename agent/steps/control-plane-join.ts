import { MusterError } from '../../shared/errors/errors.ts';
import { bindPort } from '../../shared/kubeadm/ports.ts';
import { canDoWithoutMember } from '../etcd/needed-member.ts';
import { isRemovedMember } from '../etcd/removed-member.ts';
import { kubeClient } from '../kube/client.ts';
import { addApiEndpoint } from '../kube/configuration.ts';
import { adminConf } from '../kube/kubeconfig.ts';
import { controlPlaneLabels } from '../kube/objects.ts';
import { forgetCreatedCluster, holdsCreatedCluster, recordCreatedCluster } from './created-cluster.ts';
import { askForNoStorage, mayBeRefused, untilVoting } from './etcd-admission.ts';
import { checkHeldCluster } from './held-cluster.ts';
import { runInitPhase } from './init-phase.ts';
import { membership } from './membership.ts';
import { hasManifest, hasQuorum, isVotingMember } from './own-etcd.ts';
import { restoreNode } from './restore-node.ts';
import { membersToStart, startMember } from './start-member.ts';
import type { CheckResult, StepContext } from './step.ts';

const removed = {
  en: 'the other control planes removed this host’s etcd member; its data is outdated',
  zh: '该主机的 etcd 成员已被其他控制平面移除，其数据已过时',
};
const unfinished = { en: 'the join did not finish after etcd started', zh: 'etcd 启动后加入未完成' };
const cutShort = { en: 'the join as a control plane did not finish', zh: '作为控制平面的加入未完成' };
const notStarted = {
  en: 'the cluster waits for etcd on this host: it was added as a member and has not started',
  zh: '集群正在等待该主机的 etcd：它已作为成员加入，但尚未启动',
};
const etcdSilent = {
  en: 'etcd on this host does not answer; its data is kept',
  zh: '该主机的 etcd 没有应答；其数据予以保留',
};
const awaitsEtcd = {
  en: 'the cluster waits for etcd of this host, which was added and does not answer yet; nothing is reset meanwhile',
  zh: '集群正在等待该主机已加入但尚无应答的 etcd；其间不会重置',
};
const unmarked = {
  en: 'the Node of this host lacks the label and the taint of a control plane',
  zh: '该主机的 Node 缺少控制平面的标签和污点',
};
const refused = {
  en: 'the kubelet refused to run etcd, whose pod requests storage (kubernetes#99305)',
  zh: 'kubelet 拒绝运行 etcd：其 Pod 请求了存储（kubernetes#99305）',
};
const lookAtEtcd = {
  en: 'run on this host: crictl logs $(crictl ps -a --name etcd -q | head -1)',
  zh: '在该主机上运行：crictl logs $(crictl ps -a --name etcd -q | head -1)',
};
const becomesControlPlane = {
  en: 'this host is a worker; it is reset before it joins as a control plane',
  zh: '该主机是工作节点；作为控制平面加入之前会先重置',
};

/**
 * A control plane that holds the cluster. Invariant: its etcd is never reset unless it was removed from the cluster.
 */
export async function checkHolder(context: StepContext): Promise<CheckResult> {
  if (await isOwnEtcdSilent(context)) {
    if (await isRemovedMember(context)) return { state: 'todo', message: removed };
    if (await mayBeRefused(context.host)) return { state: 'todo', message: refused };
    return { state: 'waiting', message: etcdSilent, remedy: lookAtEtcd };
  }
  const found = await checkHeldCluster(context);
  if (found.state !== 'done') return found;
  const node = await membership(context);
  if (node.state === 'none') return { ...node, state: 'todo' };
  return (await isMarked(context)) ? found : { state: 'todo', message: unmarked };
}

/** Whether the Node has the label of a control plane, as far as it can be read: a new one has not. */
async function isMarked({ node }: StepContext): Promise<boolean> {
  const labels = (await node())?.labels;
  return labels === undefined || controlPlaneLabels.some((label) => label in labels);
}

const isOwnEtcdSilent = async ({ host, etcdAt }: StepContext): Promise<boolean> =>
  (await hasManifest(host, 'etcd')) && !(await isVotingMember(etcdAt));

/** What is left of a join that was cut short, as far as etcd decides; null: what the host's membership says. */
export async function checkUnfinished(context: StepContext): Promise<CheckResult | null> {
  if ((await membersToStart(context)) !== null) return { state: 'todo', message: notStarted };
  if (!(await hasManifest(context.host, 'etcd'))) return null;
  if (await isVotingMember(context.etcdAt)) return { state: 'todo', message: unfinished };
  if (await mayBeRefused(context.host)) return { state: 'todo', message: refused };
  // A second member votes from the moment it is added: without it, the first one alone is no majority.
  if (await canDoWithoutMember(context)) return null;
  return { state: 'waiting', message: awaitsEtcd, remedy: lookAtEtcd };
}

/**
 * A member of the cluster that holds no part of it: kubeadm was cut short, or the host is a worker whose role changes.
 */
export async function checkPartialMember({ host }: StepContext): Promise<CheckResult> {
  if (await hasManifest(host, 'kube-apiserver')) return { state: 'todo', message: cutShort };
  return { state: 'waiting', message: becomesControlPlane };
}

/**
 * Corrects a control plane without a join where its data allows it. Returns false if the host is to be reset and
 * joined. Throws MusterError `cluster-kept`.
 */
export async function correctControlPlane(context: StepContext): Promise<boolean> {
  const { host, assignment, say } = context;
  const held = await holdsCreatedCluster(host);
  const waiting = held ? null : await membersToStart(context);
  if (waiting !== null) {
    say(notStarted);
    await startMember(context, waiting);
    await askForNoStorage(host);
    await untilVoting(context);
    // With a quorum the join continues; without one, the next check reports that it waits.
    if (!(await hasQuorum(host))) return true;
  }
  const isMember = held || (await hasManifest(host, 'etcd'));
  if (isMember) await startRefused(context, held);
  if (!isMember || (await mayGiveUp(context, held))) {
    // Of a cluster that was reset, or of a member that was removed.
    await forgetCreatedCluster(host);
    return false;
  }
  const client = (await hasQuorum(host)) ? await kubeClient(host, adminConf) : null;
  if (client === null) throw new MusterError('cluster-kept', { fix: lookAtEtcd });
  const { name, address } = assignment.host;
  await addApiEndpoint(client, { name, address, port: bindPort(assignment.settings) });
  if (held) await restoreNode(context, client);
  else {
    // What kubeadm join does after etcd has started.
    say(unfinished);
    await runInitPhase({ host, client, assignment }, ['mark-control-plane']);
    await recordCreatedCluster(host, assignment.settings);
  }
  return true;
}

/** Starts this host's etcd if the kubelet refused it, unless it was removed from the cluster. */
async function startRefused(context: StepContext, held: boolean): Promise<void> {
  const { host, say } = context;
  if (!(await isOwnEtcdSilent(context)) || !(await mayBeRefused(host))) return;
  if (held && (await isRemovedMember(context))) return;
  say(refused);
  await askForNoStorage(host);
  await untilVoting(context);
}

/** Whether this host's etcd does not run, and its data is useless. Throws MusterError `cluster-kept`: it may be needed. */
async function mayGiveUp(context: StepContext, held: boolean): Promise<boolean> {
  if (!(await isOwnEtcdSilent(context))) return false;
  if (await (held ? isRemovedMember(context) : canDoWithoutMember(context))) return true;
  throw new MusterError('cluster-kept', { fix: lookAtEtcd });
}
