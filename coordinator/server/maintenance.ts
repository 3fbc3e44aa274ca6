import cron from 'node-cron';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Coordinator } from '../api/parts.ts';
import { noteSettings } from './subscriptions.ts';

const day = 24 * 3600_000;
/** Number of events kept. */
const kept = 10_000;
/** Number of audit entries kept; those of hosts (and viewers) and of strangers push out no operator's. */
const keptAudit = { operators: 100_000, hosts: 50_000, strangers: 10_000 };

/** The next run makes up for a missed one; node-cron would print its warning between the JSON log lines. */
const quietly = { noOverlap: true, suppressMissedWarning: true };

/** Schedules periodic work, such as storing contacts and pruning expired rows. Returns a function that stops it. */
export function scheduleMaintenance(coordinator: Coordinator): () => void {
  const { store, backups, contacts, conversions, joins, operations, auditTrail, now, log, standing } = coordinator;
  function guarded(name: string, work: () => void): () => void {
    return () => {
      try {
        work();
      } catch (error) {
        log.error(`${name}: ${messageOf(error)}`);
      }
    };
  }

  /** Work that only the active of several coordinators does. */
  const acting = (name: string, work: () => void) =>
    guarded(name, () => {
      if (standing.mayAct()) work();
    });

  const tasks = [
    // Time limits and unreachable hosts send no report.
    cron.schedule('*/2 * * * * *', acting('operations', operations.advance), quietly),
    cron.schedule('*/2 * * * * *', acting('conversions', conversions.advance), quietly),
    cron.schedule('*/15 * * * * *', guarded('contacts', contacts.flush), quietly),
    cron.schedule('30 * * * * *', guarded('audit', auditTrail.flush), quietly),
    // An unused credential that expires frees its place in the wave.
    cron.schedule('*/15 * * * * *', acting('joins', joins.advance), quietly),
    // What runs can change without muster, such as by kubeadm upgrade.
    cron.schedule(
      '*/15 * * * * *',
      acting('settings', () => noteSettings(coordinator)),
      quietly,
    ),
    cron.schedule('40 * * * * *', () => (standing.mayAct() ? backups.look() : undefined), {
      ...quietly,
      maxRandomDelay: 10_000,
    }),
    cron.schedule('7 * * * *', acting('retention', retain), { ...quietly, maxRandomDelay: 60_000 }),
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
