import { actionCatalogue } from '../../shared/actions/catalogue.ts';
import { controlPlaneParts, type PartId } from '../../shared/actions/parts.ts';
import type { DutyResult } from '../../shared/protocol/duty.ts';
import type { Operation, OperationPart } from '../../shared/protocol/operation.ts';
import { currentPart } from '../../shared/status/operation.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import { progressText } from './words.ts';

/** The part's duty id. It makes the work idempotent, however often it is requested. */
export const dutyId = (part: PartId, { id }: Pick<Operation, 'id'>): string => `${part}-${id}`;

const noText: LocalText = { en: '', zh: '' };
const cancelled: LocalText = { en: 'cancelled', zh: '已取消' };

export interface Beginning extends Pick<Operation, 'id' | 'host' | 'kind' | 'by' | 'force' | 'timeoutSeconds'> {
  at: Date;
  /** Whether it is one of several control planes. */
  isOneOfSeveral: boolean;
  /** Parts that this host does not need, and why. */
  skip: ReadonlyMap<PartId, LocalText>;
}

export function begin({ at, skip, isOneOfSeveral, ...rest }: Beginning): Operation {
  const moment = at.toISOString();
  const isNeeded = (id: PartId) => isOneOfSeveral || !controlPlaneParts.includes(id);
  const parts = actionCatalogue[rest.kind].parts.filter(isNeeded).map((id): OperationPart => {
    const why = skip.get(id);
    return why === undefined
      ? { id, state: 'pending', message: noText, startedAt: null, endedAt: null }
      : { id, state: 'skipped', message: why, startedAt: moment, endedAt: moment };
  });
  return proceed({ ...rest, startedAt: moment, endedAt: null, outcome: null, parts }, at);
}

/** Ends the current part and starts the next. */
export function end(operation: Operation, state: 'done' | 'skipped', at: Date, message = noText): Operation {
  return proceed(change(operation, { state, message, endedAt: at.toISOString() }), at);
}

/** Fails the current part; the operation waits for the operator. */
export function fail(operation: Operation, message: LocalText, at: Date): Operation {
  return change(operation, { state: 'failed', message, endedAt: at.toISOString() });
}

/** Sets the current part's progress. */
export function note(operation: Operation, message: LocalText): Operation {
  return change(operation, { message });
}

/** Retries the current part with a new time limit. */
export function again(operation: Operation, how: Pick<Operation, 'force' | 'timeoutSeconds'>, at: Date): Operation {
  return change({ ...operation, ...how }, { state: 'working', startedAt: at.toISOString(), endedAt: null });
}

/**
 * Cancels the operation. Completed parts stay done, but a cordoned Node that still exists is uncordoned, and another
 * control plane may leave.
 */
export function cancel(operation: Operation, at: Date): Operation {
  const moment = at.toISOString();
  const begun = (id: PartId) => operation.parts.some((part) => part.id === id && part.startedAt !== null);
  const parts = operation.parts.map((part): OperationPart => {
    if (part.state === 'done' || part.state === 'skipped') return part;
    if (part.id === 'step-back' && begun('step-aside')) return part;
    return { ...part, state: 'skipped', message: cancelled, endedAt: moment };
  });
  const uncordon: OperationPart = { id: 'uncordon', state: 'pending', message: noText, startedAt: null, endedAt: null };
  const undo = begun('cordon') && !begun('delete-node') ? [uncordon] : [];
  return proceed({ ...operation, outcome: 'cancelled', parts: [...parts, ...undo] }, at);
}

/** Starts the next part, or ends the operation. */
function proceed(operation: Operation, at: Date): Operation {
  const moment = at.toISOString();
  const next = operation.parts.find(({ state }) => state === 'pending');
  if (next === undefined) return { ...operation, endedAt: moment, outcome: operation.outcome ?? 'done' };
  const begin = (part: OperationPart): OperationPart =>
    part === next ? { ...part, state: 'working', startedAt: moment } : part;
  return { ...operation, parts: operation.parts.map(begin) };
}

function change(operation: Operation, changes: Partial<OperationPart>): Operation {
  const current = currentPart(operation);
  return { ...operation, parts: operation.parts.map((part) => (part === current ? { ...part, ...changes } : part)) };
}

/** Applies the result of a duty to the current part. */
export function withResult(operation: Operation, result: DutyResult, at: Date): Operation {
  if (result.outcome === 'done') return end(operation, 'done', at);
  return note(operation, result.outcome === 'failed' ? result.message : progressText(result));
}
