import { randomBytes } from 'node:crypto';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Duty, DutyResult } from '../../shared/protocol/duty.ts';
import type { Operation, OperationKind, OperationPart, PartId } from '../../shared/protocol/operation.ts';
import { currentPart } from '../../shared/status/operation.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Contacts } from '../observing/contacts.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import { isComplete } from '../view/complete.ts';
import { dutyId, type Goal, goal, lateLeaveId } from './goal.ts';
import { isOnlyControlPlane } from './only-control-plane.ts';
import { again, begin, cancel, end, fail, note } from './operation.ts';
import { failureText, happened, progressText, reasons, timeUpText } from './words.ts';

export interface OperationsOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  contacts: Contacts;
  isDoubtful: (host: string) => boolean;
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
 * Takes operations from part to part. Every step of the way is in the store before anybody is told of it, and what is asked of whom
 * is derived from the store each time: the coordinator may be killed at any point.
 */
export function createOperations({ store, plan, now, contacts, isDoubtful, news }: OperationsOptions) {
  /** A host's target may have changed, and with it the duties of control planes. */
  function tell(host: string): void {
    news.emit('target', host);
    news.emit('duties');
  }

  function put(before: Operation, after: Operation): void {
    if (after === before) return;
    store.operations.put(after);
    const at = now().getTime();
    for (const part of after.parts) {
      const was = before.parts.find(({ id }) => id === part.id);
      if (was?.state === part.state || part.state === 'pending') continue;
      store.events.add(at, `part-${part.state}`, after.host, happened.part(after.kind, part));
    }
    const { kind, host, outcome } = after;
    if (outcome === null || after.endedAt === null || before.endedAt !== null) return;
    store.events.add(at, `${kind}-${outcome}`, host, happened.ended(kind, outcome));
  }

  /** Begins, or goes on with the same operation under a new limit. Called within a transaction. */
  function start(request: Request): Operation {
    const { host, kind, by, force, timeoutSeconds } = request;
    const at = now();
    const open = store.operations.openOf(host);
    if (open !== undefined) {
      const next = again(open, { force: force || open.force, timeoutSeconds }, at);
      put(open, next);
      return next;
    }
    const id = `op-${randomBytes(6).toString('hex')}`;
    const operation = begin({ id, host, kind, by, force, timeoutSeconds, at, skip: needless(request) });
    store.events.add(at.getTime(), `${kind}-begun`, host, happened.begun(kind, by));
    put({ ...operation, parts: [] }, operation);
    return operation;
  }

  function needless({ host, kind, force }: Request): Map<PartId, LocalText> {
    const skip = new Map<PartId, LocalText>();
    const node: PartId[] = ['cordon', 'drain', 'delete-node'];
    if (isOnlyControlPlane(plan(), host)) for (const id of node) skip.set(id, reasons.clusterEnds);
    else if (store.cluster.get() === null) for (const id of node) skip.set(id, reasons.noCluster);
    else if (force) skip.set('drain', reasons.forced);
    if (kind !== 'replace' && store.hosts.get(host) === undefined) {
      for (const id of ['reset', 'uninstall'] as const) skip.set(id, reasons.neverEnrolled);
    }
    return skip;
  }

  /** What the part has come to by what can be seen; the same operation where there is nothing new. */
  function look(operation: Operation, part: OperationPart): Operation {
    const { host, force, timeoutSeconds } = operation;
    const at = now();
    const began = Date.parse(part.startedAt ?? operation.startedAt);
    switch (part.id) {
      case 'revoke':
        return end(operation, 'done', at);
      case 'drain':
        if (force) return end(operation, 'skipped', at, reasons.forced);
        if (part.state === 'failed' || at.getTime() < began + timeoutSeconds * 1000) return operation;
        return fail(operation, timeUpText(timeoutSeconds, part.message), at);
      case 'reset':
      case 'uninstall': {
        const row = store.hosts.get(host);
        if (row === undefined) return end(operation, 'skipped', at, reasons.neverEnrolled);
        const isSilent = at.getTime() - contacts.last(host, row.lastContactAt) > silentAfterMs;
        if (isSilent && force) return end(operation, 'skipped', at, reasons.silent);
        return isSilent ? say(operation, part, reasons.awaitHost) : operation;
      }
      case 'enrol': {
        const row = store.hosts.get(host);
        return row === undefined ? say(operation, part, reasons.awaitMachine) : end(operation, 'done', at);
      }
      case 'join':
        return isCompleteSince(host, began) ? end(operation, 'done', at) : operation;
      default:
        return operation;
    }
  }

  const say = (operation: Operation, part: OperationPart, message: LocalText): Operation =>
    part.message.en === message.en ? operation : note(operation, message);

  function isCompleteSince(host: string, since: number): boolean {
    const node = store.observations.get(host, 'node');
    return node !== undefined && node.changedAt > since && isComplete(store, plan(), host);
  }

  /** Ends parts that can be seen to be over, and those whose time is up. To be called whenever something may have happened, and by the clock. */
  function advance(): void {
    for (const operation of store.operations.open()) {
      const next = lookOn(operation);
      if (next === operation) continue;
      store.transaction(() => put(operation, next));
      tell(operation.host);
    }
  }

  function lookOn(operation: Operation): Operation {
    const part = currentPart(operation);
    if (part === undefined) return operation;
    const next = look(operation, part);
    return next === operation || currentPart(next)?.id === part.id ? next : lookOn(next);
  }

  /** The result of a part that a control plane's agent or the host's own was asked for. false: no such part stands. */
  function settle(id: string, result: DutyResult): boolean {
    const operation = store.operations.open().find((one) => {
      const part = currentPart(one);
      return part !== undefined && part.state === 'working' && dutyId(part.id, one) === id;
    });
    if (operation === undefined) return false;
    store.transaction(() => {
      const part = currentPart(operation);
      const next = withResult(operation, result);
      put(operation, next);
      if (part?.id === 'uninstall' && result.outcome === 'done') out(operation.host);
    });
    advance();
    tell(operation.host);
    return true;
  }

  function withResult(operation: Operation, result: DutyResult): Operation {
    if (result.outcome === 'done') return end(operation, 'done', now());
    return note(operation, result.outcome === 'failed' ? failureText(result.message) : progressText(result));
  }

  /** Its agent has said goodbye: from now on it is refused. */
  function out(host: string): void {
    const intent = store.intents.get(host);
    if (intent?.kind !== 'leaving') return;
    store.intents.set({ ...intent, kind: 'retired' });
    store.events.add(now().getTime(), 'host-retired', host, happened.retired);
  }

  /** What a host itself answered to what its target asked of it. false: nothing of that id was asked. */
  function settleLeave(host: string, id: string, result: DutyResult): boolean {
    if (goalOf(host).leave?.id !== id) return false;
    if (id !== lateLeaveId(host)) return settle(id, result);
    if (result.outcome === 'done') store.transaction(() => out(host));
    tell(host);
    return true;
  }

  function goalOf(host: string): Goal {
    const current = plan();
    return goal({
      host,
      planned: current.hosts.some(({ name }) => name === host),
      intent: store.intents.get(host),
      operation: store.operations.openOf(host),
      doubtful: isDoubtful(host),
      givesUpCluster: isOnlyControlPlane(current, host),
    });
  }

  /** The same for many hosts, of one moment. */
  function goals(): (host: string) => Goal {
    const current = plan();
    const planned = new Set(current.hosts.map(({ name }) => name));
    const intents = new Map(store.intents.all().map((intent) => [intent.host, intent]));
    const open = new Map(store.operations.open().map((operation) => [operation.host, operation]));
    const doubtful = store.machines.doubtfulHosts();
    return (host) =>
      goal({
        host,
        planned: planned.has(host),
        intent: intents.get(host),
        operation: open.get(host),
        doubtful: doubtful.has(host),
        givesUpCluster: isOnlyControlPlane(current, host),
      });
  }

  return {
    start,
    advance,
    settle,
    settleLeave,
    goalOf,
    goals,
    cancel(operation: Operation): Operation {
      const next = cancel(operation, now());
      put(operation, next);
      return next;
    },
    /** What the operations that are under way, and hosts that are out, need of a control plane. */
    duties(nodes: readonly string[]): Duty[] {
      const asked = store.operations.open().flatMap((operation) => dutyOf(operation));
      const named = new Set(asked.map((duty) => ('host' in duty ? duty.host : '')));
      // A kubelet that was not reset registers its Node again when it is started.
      const gone = store.intents
        .all()
        .filter(({ host, kind }) => kind !== 'paused' && nodes.includes(host) && !named.has(host))
        .filter(({ host }) => store.operations.openOf(host) === undefined);
      return [...asked, ...gone.map(({ host }): Duty => ({ id: `delete-retired-${host}`, type: 'delete-node', host }))];
    },
  };
}

function dutyOf(operation: Operation): Duty[] {
  const part = currentPart(operation);
  if (part?.state !== 'working') return [];
  const { host } = operation;
  const id = dutyId(part.id, operation);
  switch (part.id) {
    case 'cordon':
    case 'uncordon':
      return [{ id, type: 'cordon-node', host, unschedulable: part.id === 'cordon' }];
    case 'drain':
      return [{ id, type: 'drain-node', host }];
    case 'delete-node':
      return [{ id, type: 'delete-node', host }];
    default:
      return [];
  }
}
