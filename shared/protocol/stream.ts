import type { HostRow, TitledFinding } from '../status/row.ts';
import type { Notice } from './notice.ts';
import type { PlanFileProblem } from './plan-problem.ts';
import type { HostStatus, Status } from './status.ts';

/** GET /v1/hosts/NAME */
export type HostDetails = Omit<HostStatus, 'findings'> & { findings: TitledFinding[] };

/** What is said of the cluster as a whole. */
export interface ClusterHead {
  cluster: Omit<Status['cluster'], 'summary'>;
  coordinator: Omit<Status['coordinator'], 'now'>;
  planProblems: PlanFileProblem[];
  notices: Notice[];
}

/** `event: snapshot`: everything, in the plan's order. */
export interface Snapshot {
  /** The coordinator's clock, ISO 8601: ages are counted against it, never against the reader's own. */
  now: string;
  /** Milliseconds of silence after which a host counts as silent, whatever it said last. */
  silentAfterMs: number;
  head: ClusterHead;
  hosts: HostRow[];
  /** The sequence number of the newest entry of the event log. */
  newestEvent: number;
}

/** `event: change`: what is different from the event before; of a host the fields that are. */
export interface Change {
  now: string;
  head?: ClusterHead;
  hosts: (Partial<HostRow> & Pick<HostRow, 'name'>)[];
  newestEvent?: number;
}

/** `event: beat`: nothing has changed, and the coordinator is there. */
export interface Beat {
  now: string;
}
