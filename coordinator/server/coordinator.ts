import type { Logger } from '../../shared/logger.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { createMachines, type Machines } from '../enrolment/machines.ts';
import { createDutyResults, type DutyResults } from '../joining/duty-results.ts';
import { createJoins, type Joins } from '../joining/joins.ts';
import { createTargets, type Targets, type TargetsOptions } from '../joining/targets.ts';
import { createWaiters, type Waiters } from '../joining/waiters.ts';
import { type Contacts, createContacts } from '../observing/contacts.ts';
import { createFleet, type FleetView } from '../observing/fleet.ts';
import type { Metrics } from '../observing/metrics.ts';
import { createReports, type Reports } from '../observing/reports.ts';
import { type Actions, createActions } from '../operations/actions.ts';
import { createOperations, type Operations } from '../operations/operations.ts';
import { rememberHosts } from '../plan/departed.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import { type Collections, createCollections } from '../support/collections.ts';
import { createFence, type Fence } from '../upkeep/fence.ts';

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

/** What the routes work with. */
export interface Coordinator {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  log: Logger;
  waiters: Waiters;
  contacts: Contacts;
  fence: Fence;
  joins: Joins;
  targets: Targets;
  reports: Reports;
  dutyResults: DutyResults;
  machines: Machines;
  operations: Operations;
  fleet: FleetView;
  actions: Actions;
  collections: Collections;
  /** To be called when another plan is in force, or what an operator has said changes what hosts are told. */
  planChanged(): void;
  /** Answers every open request and writes down what is only in memory. */
  close(): void;
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
