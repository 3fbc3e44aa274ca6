import { hasCode, MusterError, textOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import { containersOf } from '../etcd/container.ts';
import { type EtcdAt, memberAt } from '../etcd/members.ts';
import { type EtcdPod, etcdManifest, etcdPod } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';
import { forgetCreatedCluster, holdsCreatedCluster } from '../steps/created-cluster.ts';
import { manifestsAside, startPods, stopControlPlane } from './control-plane.ts';
import { moveDataAside, restoreData } from './data.ts';
import { removeGhosts } from './ghosts.ts';
import { isInRestored, refuseQuorum, refuseQuorumElsewhere, refuseUnsigned } from './quorum.ts';
import { waitForApiServer, waitForEtcd } from './started.ts';
import { readRecovery, type Stage, stages, writeRecovery } from './state.ts';

interface Means {
  host: Host;
  log: Logger;
  /** Called when the facts about the order have changed. */
  onChange(): void;
  /** Instead of this host's own member. */
  endpoint?: string;
  /** The members of the other control planes. */
  etcdAt?: EtcdAt;
}

/** `idle`: nothing to do; `wait`: nothing else may be done on this host until the order is done; `retry`: it failed. */
export type RecoveryResult = 'idle' | 'wait' | 'retry';

export type Recovery = ReturnType<typeof createRecovery>;

const noText = { en: '', zh: '' };

/**
 * Carries out an operator's decision to restore a cluster whose etcd lost its quorum. Invariants: nothing is done while
 * etcd on this host or another planned one has a leader; etcd's data is only moved while no etcd and no API server runs,
 * and never deleted; other control planes give up their data's cluster only once it is restored and they are no members of
 * it. Each stage is recorded, so an agent that was stopped resumes.
 */
export function createRecovery(means: Means) {
  const { host, log, onChange, endpoint, etcdAt = memberAt(host) } = means;

  async function note(id: string, stage: Stage, state: 'working' | 'aside' | 'done'): Promise<void> {
    await writeRecovery(host, { id, stage, state, at: host.now().toISOString(), message: noText });
  }

  /** Runs what is left of the order's stages on the host that restores. */
  async function restore(order: RecoveryOrder, assignment: Assignment, from: Stage): Promise<void> {
    const { id } = order;
    const isLeft = (stage: Stage) => stages.indexOf(from) < stages.indexOf(stage);
    const pod = await podOf(host, id);
    const containers = containersOf(host, assignment.settings.runtime.name);
    const work: [stage: Stage, act: () => Promise<void>][] = [
      ['stopped', () => stopControlPlane(host, id, pod.dataFolder)],
      ['aside', () => moveDataAside(host, pod, id)],
      ['restored', () => restoreData({ host, containers, backups: agentPaths.clusterBackups }, pod, order)],
      ['started', () => startPods(host, id, (name) => name === 'etcd').then(() => waitForEtcd(host, endpoint))],
      ['done', () => startPods(host, id, () => true).then(() => waitForApiServer(host))],
    ];
    for (const [stage, act] of work.filter(([one]) => isLeft(one))) {
      log.info('restoring etcd', { stage, from: order.from });
      await act();
      if (stage === 'done') await removeGhosts(host, assignment);
      await note(id, stage, stage === 'done' ? 'done' : 'working');
    }
  }

  /** Another host restores: this one keeps its data out of the way, and joins again afterwards. */
  async function standAside(order: RecoveryOrder, assignment: Assignment, isFresh: boolean): Promise<RecoveryResult> {
    const { id, isDone } = order;
    const pod = (await holdsCreatedCluster(host)) ? await podOf(host, id) : null;
    const ask = { host, endpoint, etcdAt };
    if (pod === null || (isDone && isFresh && (await isInRestored(order, assignment, { ...ask, pod })))) {
      await note(id, 'done', 'done');
      return 'idle';
    }
    await stopControlPlane(host, id, pod.dataFolder);
    await moveDataAside(host, pod, id);
    if (isDone) await forgetCreatedCluster(host);
    const end = isDone ? 'done' : 'aside';
    await note(id, end, end);
    return isDone ? 'idle' : 'wait';
  }

  async function carryOut(order: RecoveryOrder, assignment: Assignment, stage: Stage | null): Promise<RecoveryResult> {
    const isOwn = order.host === assignment.host.name;
    const isFresh = stage === null || stage === 'begun';
    if (!order.isDone && isFresh) refuseUnsigned(order);
    // Another quorum may also return while this host's data is moved; restored data would be a second cluster.
    if (!order.isDone && (isFresh || (isOwn && (stage === 'stopped' || stage === 'aside')))) {
      await refuseQuorum(host, endpoint);
      await refuseQuorumElsewhere(order, assignment, etcdAt);
    }
    if (!isOwn) return standAside(order, assignment, isFresh);
    // Nothing was stopped here: another machine of this name carried it out, or the operator gave the cluster up.
    if (isFresh && order.isDone) await note(order.id, 'done', 'done');
    else await restore(order, assignment, stage ?? 'begun');
    return 'idle';
  }

  return {
    /** Does what the order asks of this host, if anything is left. Never throws: a failure is reported as a fact. */
    async perform(order: RecoveryOrder, assignment: Assignment): Promise<RecoveryResult> {
      const stageOf = async () => {
        const known = await readRecovery(host);
        return known?.id === order.id ? known.stage : null;
      };
      const [stage, before] = [await stageOf(), await signOf(host)];
      if (stage === 'done') return 'idle';
      try {
        return await carryOut(order, assignment, stage);
      } catch (error) {
        return await noteFailure(means, order.id, (await stageOf()) ?? 'begun', error);
      } finally {
        if ((await signOf(host)) !== before) onChange();
      }
    },
  };
}

async function noteFailure({ host, log }: Means, id: string, stage: Stage, error: unknown): Promise<RecoveryResult> {
  const { en, zh } = textOf(error);
  log.error(`restoring etcd failed: ${en}`);
  // A quorum that has returned needs no decision any more; a later loss needs a new one.
  const isElsewhere = stage === 'begun' && hasCode(error, 'etcd-quorum-elsewhere');
  const isOver = isElsewhere || hasCode(error, 'etcd-has-quorum');
  const message = { en: en.slice(0, 2000), zh: zh.slice(0, 2000) };
  const at = host.now().toISOString();
  await writeRecovery(host, { id, stage: isOver ? 'done' : stage, state: 'failed', at, message });
  return isOver || hasCode(error, 'recovery-unsigned') ? 'idle' : 'retry';
}

/** Changes with what is reported of an order, except the time. */
async function signOf(host: Host): Promise<string> {
  return JSON.stringify({ ...(await readRecovery(host)), at: '' });
}

/** The member as its manifest describes it, wherever the manifest is. Throws MusterError `etcd-data-missing`. */
async function podOf(host: Host, id: string): Promise<EtcdPod> {
  const pod = (await etcdPod(host)) ?? (await etcdPod(host, `${manifestsAside(id)}/etcd.yaml`));
  if (pod === null) throw new MusterError('etcd-data-missing', { path: etcdManifest });
  return pod;
}
