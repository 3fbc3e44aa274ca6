import type { Logger } from '../../shared/logger.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Coordinator } from '../api/parts.ts';
import { createMachines } from '../enrolment/machines.ts';
import { createDutyResults } from '../joining/duty-results.ts';
import { createJoins } from '../joining/joins.ts';
import { createTargets, type TargetsOptions } from '../joining/targets.ts';
import { createWaiters } from '../joining/waiters.ts';
import { createCollections } from '../observing/collections.ts';
import { createContacts } from '../observing/contacts.ts';
import { createFleet } from '../observing/fleet.ts';
import type { Metrics } from '../observing/metrics.ts';
import { createReports } from '../observing/reports.ts';
import { createActions } from '../operations/actions.ts';
import { createOperations } from '../operations/operations.ts';
import { rememberHosts } from '../plan/departed.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import { createFence } from '../upkeep/fence.ts';

/** Changes that come within this time wake the control planes' polls once. */
const gatherMs = 10;

export interface CoordinatorOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  log: Logger;
  metrics: Metrics;
  /** See FenceOptions. */
  secret: string;
  /** What a host is told besides its assignment and its duties. */
  more?: TargetsOptions['more'];
  /** Workers that may be joining at a time. */
  wave?: number;
}

/** Puts the parts together: who is woken by what. */
export function createCoordinator(options: CoordinatorOptions): Coordinator {
  const { store, plan, now, log, secret, metrics, more, wave = 20 } = options;
  const waiters = createWaiters();
  const contacts = createContacts(store, now);
  const fence = createFence({ store, secret, now, log, onChange: waiters.wakeAll });
  let waking: NodeJS.Timeout | null = null;

  function onDuties(): void {
    waking ??= setTimeout(() => {
      waking = null;
      for (const { name, role } of plan().hosts) if (role === 'control-plane') waiters.wake(name);
    }, gatherMs);
  }

  function onTarget(host: string): void {
    waiters.wake(host);
    onDuties();
  }

  rememberHosts(store, plan());
  const machines = createMachines(store, now, onTarget);
  const isDoubtful = machines.isDoubtful;
  const operations = createOperations({ store, plan, now, contacts, isDoubtful, onChange: onTarget });
  const joins = createJoins({ store, plan, now, onDuties, goalOf: operations.goalOf, wave });
  const fleet = createFleet({ store, plan });
  const collections = createCollections(waiters);
  const targets = createTargets({ store, plan, joins, operations, fleet, collections, now, ...(more && { more }) });
  const reports = createReports({
    fleet,
    store,
    plan,
    now,
    commit: createGroupCommit(store.transaction),
    onStepEnded(host, step) {
      metrics.step(step);
      const { id, state, seconds } = step;
      log.info(`step ${state}`, { host, step: id, ...(seconds === null ? {} : { seconds }) });
    },
    onJoined(host, seconds) {
      metrics.join(seconds);
      log.info('the host is Ready', { host, seconds });
    },
    onChange({ targets }) {
      joins.advance();
      operations.advance();
      onDuties();
      if (targets) waiters.wakeAll();
    },
  });

  return {
    store,
    plan,
    now,
    log,
    waiters,
    contacts,
    fence,
    joins,
    targets,
    reports,
    collections,
    dutyResults: createDutyResults({ store, joins, targets, operations, now, onDuties }),
    machines,
    fleet,
    operations,
    actions: createActions({ store, plan, now, operations, machines, onChange: onTarget }),
    planChanged() {
      rememberHosts(store, plan());
      joins.advance();
      waiters.wakeAll();
    },
    close() {
      if (waking !== null) clearTimeout(waking);
      waiters.close();
      joins.close();
      contacts.flush();
    },
  };
}
