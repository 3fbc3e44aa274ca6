import type { Logger } from '../../shared/logger.ts';
import type { ClusterSettings, Plan } from '../../shared/plan/schema.ts';
import type { Readiness } from '../../shared/protocol/observation.ts';
import type { PageRole } from '../../shared/protocol/page.ts';
import type { HostStatus, LoginLink, LogPage, Status, StatusPage, StatusQuery } from '../../shared/protocol/status.ts';
import type { ClusterHead } from '../../shared/protocol/stream.ts';
import type { PackedRow } from '../../shared/status/packed-row.ts';
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
import type { Conversions } from '../operations/conversions.ts';
import type { Operations } from '../operations/operations.ts';
import type { Replica } from '../replica/replica.ts';
import type { GroupCommit } from '../store/group-commit.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import type { BackupKeeper } from '../upkeep/backup/keeper.ts';
import type { ClusterBackups } from '../upkeep/cluster-backups.ts';
import type { Fence } from '../upkeep/fence.ts';
import type { Rollout } from '../upkeep/rollout.ts';
import type { OfferCredential } from '../upkeep/rotation.ts';
import type { Feed } from '../view/stream/feed.ts';
import type { AuditTrail } from './http/audit-trail.ts';
import type { Peers } from './peers/peers.ts';

/** Dependencies of all parts. */
export interface Base {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  log: Logger;
  news: News;
}

/** The coordinator's parts for one cluster. */
export interface Coordinator extends Base, Pick<Replica, 'standing' | 'acknowledged'> {
  /** The one that this coordinator runs on; '': not known. */
  controlPlane: () => string;
  commit: GroupCommit;
  waiters: Waiters;
  contacts: Contacts;
  auditTrail: AuditTrail;
  fence: Fence;
  joins: Joins;
  offerCredential: OfferCredential;
  targets: Targets;
  reports: Reports;
  dutyResults: DutyResults;
  machines: Machines;
  operations: Operations;
  fleet: FleetView;
  actions: Actions;
  conversions: Conversions;
  collections: Collections;
  backups: BackupKeeper;
  clusterBackups: ClusterBackups;
  /** Whether a control plane was heard recently and does not leave. */
  isAvailable: (host: string) => boolean;
  rollout: Rollout;
  /** Answers all open requests and persists state held in memory. */
  close(): void;
}

/** Read-only views of the cluster. */
export interface Views {
  status: (language: Language) => Promise<Status>;
  /** `rows`: all hosts, in the order of the status. */
  page: (rows: readonly PackedRow[], query: StatusQuery, language: Language) => StatusPage;
  /** undefined if neither planned nor enrolled. */
  host: (name: string, language: Language) => HostStatus | undefined;
  /** Reads one host after another with what they share as it is now, which is computed once. */
  hosts: (language: Language) => (name: string) => HostStatus | undefined;
  head: (language: Language) => ClusterHead;
  /** The settings of the running cluster; null: there is none. */
  running: () => ClusterSettings | null;
  /** Lines of a host after a sequence number. */
  logs: (host: string, after: number) => LogPage;
  tail: (host: string, count: number) => LogPage;
}

/** Dependencies of the endpoints. */
export interface Parts extends Coordinator {
  views: Views;
  feed: (language: Language) => Feed;
  artefacts: Artefacts;
  metrics: Metrics;
  counted: () => Promise<Counted>;
  readiness: () => Readiness;
  url: () => string;
  /** The install script, without a credential. */
  installer: () => Promise<string>;
  /** The install command with this token. */
  oneLiner: (token: string) => string;
  loginLink: (role: PageRole) => LoginLink;
  /** The path of a file beside the plan that hosts download, by its SHA-256; null: none. */
  planFile: (sha256: string) => string | null;
  /** The coordinators' keys for this host, as an age file for its recipient. */
  sharedKeys: (host: string, recipient: string) => Promise<Buffer>;
  /** null removes it. */
  setPassword: (role: PageRole, password: string | null) => Promise<void>;
  /** Forwards operators' requests to the active coordinator. */
  peers: Peers;
  document: () => object;
  /** Fires when streams must end. */
  stopping: AbortSignal;
}
