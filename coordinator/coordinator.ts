import type { Logger } from '../shared/logger.ts';
import type { Plan } from '../shared/plan/schema.ts';
import { type Contacts, createContacts } from './contacts.ts';
import { createDutyResults, type DutyResults } from './duty-results.ts';
import { createFence, type Fence } from './fence.ts';
import { createJoins, type Joins } from './joins.ts';
import { createReports, type Reports } from './reports.ts';
import { createGroupCommit } from './store/group-commit.ts';
import type { Store } from './store/store.ts';
import { createTargets, type Targets } from './targets.ts';
import { createWaiters, type Waiters } from './waiters.ts';

/** Changes that come within this time wake the control planes' polls once. */
const gatherMs = 10;

export interface CoordinatorOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  log: Logger;
  /** See FenceOptions. */
  secret: string;
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
  /** To be called when another plan is in force, or what an operator has said changes what hosts are told. */
  planChanged(): void;
  /** Answers every open request and writes down what is only in memory. */
  close(): void;
}

/** Puts the parts together: who is woken by what. */
export function createCoordinator({ store, plan, now, log, secret, wave = 20 }: CoordinatorOptions): Coordinator {
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

  const joins = createJoins({ store, plan, now, onDuties, wave });
  const targets = createTargets({ store, plan, joins, now });
  const reports = createReports({
    store,
    plan,
    now,
    commit: createGroupCommit(store.transaction),
    onChange({ targets }) {
      joins.advance();
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
    dutyResults: createDutyResults({ store, joins, targets, now, onDuties }),
    planChanged() {
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
