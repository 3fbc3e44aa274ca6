import type { Plan } from '../../shared/plan/schema.ts';
import type { Operation } from '../../shared/protocol/operation.ts';
import { currentPart } from '../../shared/status/operation.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import type { Contacts } from '../observing/contacts.ts';
import type { Store } from '../store/store.ts';
import { isComplete } from '../view/complete.ts';
import { parts, type Sight } from './parts.ts';

export interface SightSource {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  contacts: Contacts;
}

/** The observed state of a host that operations depend on. */
export function sightOf({ store, plan, now, contacts }: SightSource, host: string): Sight {
  const row = store.hosts.get(host);
  const at = now();
  return {
    now: at,
    isEnrolled: row !== undefined,
    isSilent: row !== undefined && at.getTime() - contacts.last(host, row.lastContactAt) > silentAfterMs,
    isReadySince(moment) {
      const node = store.observations.get(host, 'node');
      return node !== undefined && node.changedAt > moment && isComplete(store, plan(), host);
    },
  };
}

/** Ends parts that are observably complete or timed out, one after another. */
export function advanced(operation: Operation, sight: Sight): Operation {
  const part = currentPart(operation);
  if (part === undefined) return operation;
  const next = parts[part.id].look?.(operation, part, sight) ?? operation;
  return next === operation || currentPart(next)?.id === part.id ? next : advanced(next, sight);
}
