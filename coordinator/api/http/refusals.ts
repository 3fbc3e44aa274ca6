import type { AuditEntry } from '../../../shared/protocol/audit.ts';
import { createQuota } from '../../store/quota.ts';
import type { Store } from '../../store/store.ts';

export type Refusal = Omit<AuditEntry, 'seq' | 'at' | 'count'>;

/** Refusals written at once; each costs a disk sync. */
const written = { burst: 30, refillMs: 2000 };
/** Different refusals counted between two writes; the rest count as from `other`. */
const kinds = 200;

export type Refusals = ReturnType<typeof createRefusals>;

/**
 * Records refused requests of callers without a credential. The first ones are written at once, before the answer; more
 * are counted and written together, so that nobody can fill the audit log or keep the disk busy.
 */
export function createRefusals({ store, now }: { store: Store; now: () => Date }) {
  const quota = createQuota(written);
  const counted = new Map<string, { entry: Refusal; count: number }>();

  function count(entry: Refusal): void {
    const key = keyOf(entry);
    const known = counted.get(key);
    if (known !== undefined) known.count += 1;
    else if (counted.size < kinds || entry.remote === 'other') counted.set(key, { entry, count: 1 });
    else count({ ...entry, remote: 'other' });
  }

  return {
    note(entry: Refusal): void {
      const at = now().getTime();
      if (quota.take('', at)) store.transaction(() => store.audit.add(at, entry));
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

const keyOf = ({ remote, action, status, outcome }: Refusal) => `${remote} ${action} ${status} ${outcome}`;
