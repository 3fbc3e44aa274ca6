import { hasCode, messageOf } from '../../shared/errors/errors.ts';
import { agentPaths } from '../../shared/paths.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import { memberAt } from '../etcd/members.ts';
import type { Host } from '../host/host.ts';
import { noteFailure } from './failure.ts';
import { refuseQuorum, refuseQuorumElsewhere, refuseUnsigned } from './quorum.ts';
import { restore } from './restore.ts';
import { standAside } from './stand-aside.ts';
import { isBefore, type Progress, progressOf, readRecovery } from './state.ts';
import { type Means, note } from './work.ts';

interface Options extends Pick<Means, 'host' | 'log'>, Partial<Pick<Means, 'endpoint' | 'etcdAt' | 'backups'>> {
  /** Called when the facts about the order have changed. */
  onChange(): void;
}

/** `idle`: nothing to do; `wait`: nothing else may be done on this host until the order is done; `retry`: it failed. */
export type RecoveryResult = 'idle' | 'wait' | 'retry';

export type Recovery = ReturnType<typeof createRecovery>;

/**
 * Carries out an operator's decision to restore a cluster whose etcd lost its quorum. Invariants: nothing is done while
 * etcd on this host or another planned one has a leader, unless other data has replaced the cluster's there; etcd's
 * data is only moved while no etcd and no API server runs, and never deleted; other control planes give up their data's
 * cluster only once it is restored and they are no members of it. Each stage is recorded, so an agent that was stopped
 * resumes, and a new order takes over from an unfinished one.
 */
export function createRecovery({ host, log, onChange, endpoint, etcdAt = memberAt(host), ...rest }: Options) {
  const means = { backups: agentPaths.clusterBackups, ...rest, host, log, endpoint, etcdAt };

  return {
    /** Does what the order asks of this host, if anything is left. Never throws: a failure is reported as a fact. */
    async perform(order: RecoveryOrder, assignment: Assignment): Promise<RecoveryResult> {
      const look = async () => progressOf(await readRecovery(host), order, assignment.host.name);
      const [progress, before] = [await look(), await signOf(host)];
      if (progress.stage === 'done') return 'idle';
      try {
        return await carryOut(means, order, assignment, progress);
      } catch (error) {
        log.error(`restoring etcd failed: ${messageOf(error)}`);
        const now = await look();
        const isOver = await noteFailure(host, order, assignment.host.name, now, error);
        const isRefused = now.kept === undefined && hasCode(error, 'recovery-unsigned');
        return isOver || isRefused ? 'idle' : 'retry';
      } finally {
        if ((await signOf(host)) !== before) onChange();
      }
    },
  };
}

async function carryOut(
  means: Means,
  order: RecoveryOrder,
  assignment: Assignment,
  progress: Progress,
): Promise<RecoveryResult> {
  const revision = await allow(means, order, assignment, progress);
  const { stage, kept } = progress;
  const work = { order, assignment, stage, kept: kept ?? { id: order.id, revision, restorers: [] } };
  if (order.host !== assignment.host.name) return standAside(means, work);
  // Nothing was stopped here: another machine of this name carried it out, or the operator gave the cluster up.
  if (order.isDone && kept === undefined) await note(means.host, work, 'done');
  else await restore(means, work);
  return 'idle';
}

/** The revision of this host's member; null: unknown. Throws unless the order may be carried out. */
async function allow(
  { host, endpoint, etcdAt }: Means,
  order: RecoveryOrder,
  assignment: Assignment,
  { stage, kept }: Progress,
): Promise<string | null> {
  if (order.isDone) return null;
  refuseUnsigned(order);
  const self = assignment.host.name;
  const restorers = kept?.restorers ?? [];
  // Another quorum may also return while this host's data is moved; restored data would be a second cluster.
  if (order.host === self && !isBefore(stage, 'restored')) return null;
  const isSource = order.host === self && order.from === 'member';
  const revision = restorers.includes(self) ? null : await refuseQuorum(host, endpoint, { isSource });
  await refuseQuorumElsewhere(host, [order.host, ...restorers], assignment, etcdAt);
  return revision;
}

/** Changes with what is reported of an order, except the time. */
async function signOf(host: Host): Promise<string> {
  return JSON.stringify({ ...(await readRecovery(host)), at: '' });
}
