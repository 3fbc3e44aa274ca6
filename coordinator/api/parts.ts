import type { Logger } from '../../shared/logger.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Readiness } from '../../shared/protocol/observation.ts';
import type { PageRole } from '../../shared/protocol/page.ts';
import type { HostStatus, LoginLink, LogPage, Status } from '../../shared/protocol/status.ts';
import type { ClusterHead } from '../../shared/protocol/stream.ts';
import type { Language } from '../../shared/text/local-text.ts';
import type { Artefacts } from '../enrolment/artefacts.ts';
import type { Machines } from '../enrolment/machines.ts';
import type { DutyResults } from '../joining/duty-results.ts';
import type { Joins } from '../joining/joins.ts';
import type { Targets } from '../joining/targets.ts';
import type { Waiters } from '../joining/waiters.ts';
import type { Collections } from '../observing/collections.ts';
import type { Contacts } from '../observing/contacts.ts';
import type { FleetView } from '../observing/fleet.ts';
import type { Counted, Metrics } from '../observing/metrics.ts';
import type { Reports } from '../observing/reports.ts';
import type { Actions } from '../operations/actions.ts';
import type { Operations } from '../operations/operations.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import type { BackupKeeper } from '../upkeep/backup/keeper.ts';
import type { Fence } from '../upkeep/fence.ts';
import type { Rollout } from '../upkeep/rollout.ts';
import type { Feed } from '../view/stream/feed.ts';

/** What all parts stand on. */
export interface Base {
  store: Store;
  /** The plan in force. */
  plan: () => Plan;
  now: () => Date;
  log: Logger;
  news: News;
}

/** The rooms' parts that work together for one cluster. */
export interface Coordinator extends Base {
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
  backups: BackupKeeper;
  rollout: Rollout;
  /** Answers every open request and writes down what is only in memory. */
  close(): void;
}

/** What is shown of the cluster. */
export interface Views {
  status: (language: Language) => Status;
  /** undefined: it is neither planned nor enrolled. */
  host: (name: string, language: Language) => HostStatus | undefined;
  head: (language: Language) => ClusterHead;
  /** Lines of a host after a sequence number. */
  logs: (host: string, after: number) => LogPage;
  /** The newest lines of a host. */
  tail: (host: string, count: number) => LogPage;
}

/** What endpoints work with. */
export interface Parts extends Coordinator {
  views: Views;
  feed: (language: Language) => Feed;
  artefacts: Artefacts;
  metrics: Metrics;
  counted: () => Counted;
  readiness: () => Readiness;
  /** Where the coordinator is reached. */
  url: () => string;
  /** The installer's script, for those that hold no credential yet. */
  installer: () => Promise<string>;
  /** The line to paste that lets a host in with this token. */
  oneLiner: (token: string) => string;
  loginLink: (role: PageRole) => LoginLink;
  /** null takes it away. */
  setPassword: (role: PageRole, password: string | null) => Promise<void>;
  /** The API's OpenAPI document. */
  document: () => object;
  /** Ends the streams. */
  stopping: AbortSignal;
}
