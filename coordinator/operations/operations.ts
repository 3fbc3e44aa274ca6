import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { OperationKind } from '../../shared/actions/catalogue.ts';
import type { Duty, DutyResult } from '../../shared/protocol/duty.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import { currentPart } from '../../shared/status/operation.ts';
import type { News } from '../store/news.ts';
import { advanced, type SightSource, sightOf } from './advance.ts';
import { lateLeaveId } from './goal.ts';
import { createGoals, type GoalsOptions } from './goals.ts';
import { isOneOfSeveral, isOnlyControlPlane } from './only-control-plane.ts';
import { again, begin, cancel, dutyId, withResult } from './operation.ts';
import { needless, parts } from './parts.ts';
import { record } from './record.ts';
import { happened } from './words.ts';

export interface OperationsOptions extends GoalsOptions, SightSource {
  news: News;
}

export interface Request {
  host: string;
  kind: OperationKind;
  by: string;
  force: boolean;
  timeoutSeconds: number;
}

export type Operations = ReturnType<typeof createOperations>;

/**
 * Advances operations part by part. Each transition is stored before it is announced, and duties are derived from the
 * store, so the coordinator may be killed at any point.
 */
export function createOperations(options: OperationsOptions) {
  const { store, now, news } = options;
  const { goalOf, goals } = createGoals(options);

  const standing = () => [store.cluster.members(), store.cluster.roles()];
  let last = standing();

  /**
   * Announces that the host's target, and possibly the duties of control planes, changed; those of all hosts after a
   * change of a role or of the members.
   */
  function tell(host: string): void {
    const current = standing();
    if (isDeepStrictEqual(current, last)) news.emit('target', host);
    else news.emit('targets');
    last = current;
    news.emit('duties');
  }

  /** Ends parts that are observably complete or timed out. Called after events and periodically. */
  function advance(): void {
    for (const operation of store.operations.open()) {
      const next = advanced(operation, sightOf(options, operation.host));
      if (next === operation) continue;
      store.transaction(() => record(store, now(), operation, next));
      tell(operation.host);
    }
  }

  /** Applies the result of a part's duty. false: no such part is open. */
  function settle(id: string, result: DutyResult): boolean {
    const operation = store.operations.open().find((one) => dutyIdOf(one) === id);
    if (operation === undefined) return false;
    const { host } = operation;
    const saysGoodbye = currentPart(operation)?.id === 'uninstall' && result.outcome === 'done';
    store.transaction(() => {
      record(store, now(), operation, withResult(operation, result, now()));
      if (saysGoodbye) letGo(host);
    });
    advance();
    tell(host);
    return true;
  }

  /** The agent has uninstalled itself; requests with its credential are refused from now on. */
  function letGo(host: string): void {
    const intent = store.intents.get(host);
    if (intent?.kind !== 'leaving') return;
    store.intents.set({ ...intent, kind: 'retired' });
    store.events.add(now().getTime(), 'host-retired', host, happened.retired);
  }

  /** Applies a host's result for the `leave` of its target. false: no such request is open. */
  function settleLeave(host: string, id: string, result: DutyResult): boolean {
    if (goalOf(host).leave?.id !== id) return false;
    if (id !== lateLeaveId(host)) return settle(id, result);
    if (result.outcome === 'done') store.transaction(() => letGo(host));
    tell(host);
    return true;
  }

  return {
    start: (request: Request): Operation => start(options, request),
    advance,
    settle,
    settleLeave,
    goalOf,
    goals,
    /** Requires a transaction. */
    cancel: (operation: Operation): void => record(store, now(), operation, cancel(operation, now())),
    duties: (nodes: readonly string[]): Duty[] => dutiesOf(options, nodes),
  };
}

/** Starts an operation, or retries the open one with a new time limit. Requires a transaction. */
function start({ store, plan, now }: OperationsOptions, request: Request): Operation {
  const { host, kind, by, force, timeoutSeconds } = request;
  const at = now();
  const open = store.operations.openOf(host);
  if (open !== undefined) {
    const next = again(open, { force: force || open.force, timeoutSeconds }, at);
    record(store, at, open, next);
    return next;
  }
  const skip = needless({
    kind,
    force,
    isEnrolled: store.hosts.get(host) !== undefined,
    isOnlyControlPlane: isOnlyControlPlane(store, plan(), host),
    hasCluster: store.cluster.get() !== null,
  });
  const id = `op-${randomBytes(6).toString('hex')}`;
  const operation = begin({
    ...{ id, host, kind, by, force, timeoutSeconds, at, skip },
    isOneOfSeveral: kind === 'convert' || isOneOfSeveral(store, plan(), host),
  });
  store.events.add(at.getTime(), `${kind}-begun`, host, happened.begun(kind, by));
  record(store, at, { ...operation, parts: [] }, operation);
  return operation;
}

/** Duties of open operations, and of retired hosts. */
function dutiesOf({ store }: OperationsOptions, nodes: readonly string[]): Duty[] {
  const asked = store.operations.open().flatMap(dutyOf);
  const named = new Set(asked.map((duty) => ('host' in duty ? duty.host : '')));
  // A kubelet that was not reset registers its Node again when it starts.
  const gone = store.intents
    .all()
    .filter(({ host, kind }) => kind !== 'paused' && nodes.includes(host) && !named.has(host))
    .filter(({ host }) => store.operations.openOf(host) === undefined);
  return [...asked, ...gone.map(({ host }): Duty => ({ id: `delete-retired-${host}`, type: 'delete-node', host }))];
}

/** The duty id of the working part; null if none. */
function dutyIdOf(operation: Operation): string | null {
  const part = currentPart(operation);
  return part?.state === 'working' ? dutyId(part.id, operation) : null;
}

function dutyOf(operation: Operation): Duty[] {
  const part = currentPart(operation);
  const id = dutyIdOf(operation);
  const duty = part && id !== null ? parts[part.id].duty?.(id, operation.host) : undefined;
  return duty === undefined ? [] : [duty];
}
