import cron from 'node-cron';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Coordinator } from '../api/parts.ts';

const day = 24 * 3600_000;
/** Events kept. */
const kept = 10_000;
/** Entries of the audit log kept: years of an operator's work, and a bound to what an address that is refused again and again can fill. */
const keptAudit = 100_000;

/** The next run makes up for one that was missed; node-cron itself would say so between the lines of the JSON log. */
const quietly = { noOverlap: true, suppressMissedWarning: true };

/** Work by the clock: contacts are written down, what has expired is forgotten. Returns how to end it. */
export function scheduleMaintenance({
  store,
  backups,
  contacts,
  joins,
  operations,
  now,
  log,
}: Coordinator): () => void {
  function guarded(name: string, work: () => void): () => void {
    return () => {
      try {
        work();
      } catch (error) {
        log.error(`${name}: ${messageOf(error)}`);
      }
    };
  }

  const tasks = [
    // What an operation waits for may be nothing that reports: a time limit, a silence.
    cron.schedule('*/2 * * * * *', guarded('operations', operations.advance), quietly),
    cron.schedule('*/15 * * * * *', guarded('contacts', contacts.flush), quietly),
    // A credential that was not used in time frees its place in the wave.
    cron.schedule('*/15 * * * * *', guarded('joins', joins.advance), quietly),
    cron.schedule('40 * * * * *', backups.look, { ...quietly, maxRandomDelay: 10_000 }),
    cron.schedule('7 * * * *', guarded('retention', retain), { ...quietly, maxRandomDelay: 60_000 }),
  ];

  function retain(): void {
    const time = now().getTime();
    store.transaction(() => {
      store.tokens.prune(time - 7 * day);
      store.joinCredentials.prune(time - day);
      store.operations.prune(time - 30 * day);
      store.events.prune(kept);
      store.audit.prune(keptAudit);
    });
  }

  return () => {
    for (const task of tasks) void task.destroy();
  };
}
