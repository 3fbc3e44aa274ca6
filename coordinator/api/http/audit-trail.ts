import type { AuditEntry } from '../../../shared/protocol/audit.ts';
import { groupOf } from '../../store/audit.ts';
import { createQuota } from '../../store/quota.ts';
import type { Store } from '../../store/store.ts';

export type Entry = Omit<AuditEntry, 'seq' | 'at' | 'count'>;

/** Entries written at once, of all strangers together and of each host or viewer; each costs a disk sync. */
const written = { strangers: { burst: 30, refillMs: 2000 }, hosts: { burst: 30, refillMs: 60_000 } };
/** Different entries counted between two writes; the rest count as from `other`. */
const kinds = 200;

export type AuditTrail = ReturnType<typeof createAuditTrail>;

/**
 * Records requests. What operators do and sign-ins are written at once, before the answer; so are the first requests of a
 * host, a viewer or strangers. More of them are counted and written together, so that none of these can fill the audit log or
 * keep the disk busy.
 */
export function createAuditTrail({ store, now }: { store: Store; now: () => Date }) {
  const quotas = { strangers: createQuota(written.strangers), hosts: createQuota(written.hosts) };
  const counted = new Map<string, { entry: Entry; count: number }>();

  function isWritten(entry: Entry, at: number): boolean {
    const group = groupOf(entry);
    if (group === 'operators') return true;
    return quotas[group].take(group === 'strangers' ? '' : entry.actor, at);
  }

  function count(entry: Entry): void {
    const key = keyOf(entry);
    const known = counted.get(key);
    if (known !== undefined) known.count += 1;
    else if (counted.size < kinds || entry.remote === 'other') counted.set(key, { entry, count: 1 });
    else count({ ...entry, remote: 'other' });
  }

  return {
    note(entry: Entry): void {
      const at = now().getTime();
      if (isWritten(entry, at)) store.transaction(() => store.audit.add(at, entry));
      else count(entry);
    },
    /** Writes what was counted. */
    flush(): void {
      if (counted.size === 0) return;
      const at = now().getTime();
      const entries = [...counted.values()];
      counted.clear();
      store.transaction(() => {
        for (const one of entries) store.audit.add(at, one.entry, one.count);
      });
    },
  };
}

const keyOf = ({ actor, remote, action, status, outcome }: Entry) =>
  `${actor} ${remote} ${action} ${status} ${outcome}`;
