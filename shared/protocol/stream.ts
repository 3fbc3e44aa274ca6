import type { LocalText } from '../text/local-text.ts';
import type { Finding, Level } from './finding.ts';
import type { Notice } from './notice.ts';
import type { HostStatus, Status } from './status.ts';

/** A finding with what its check is called. */
export type TitledFinding = Finding & { title: LocalText };

/** GET /v1/hosts/NAME */
export type HostDetails = Omit<HostStatus, 'findings'> & { findings: TitledFinding[] };

/**
 * One host as a list of hosts shows it. Left out: what only its own page needs (GET /v1/hosts/NAME), and what grows by itself, which a reader
 * works out from the coordinator's clock: ages, and sentences with a time in them.
 */
export interface HostRow
  extends Pick<
    HostStatus,
    | 'name'
    | 'address'
    | 'role'
    | 'phase'
    | 'remedy'
    | 'enrolledAt'
    | 'readyAt'
    | 'lastContactAt'
    | 'agentVersion'
    | 'stepsDone'
    | 'stepsTotal'
    | 'steps'
    | 'diagnosis'
  > {
  /** Why it is not getting on; empty where it is. */
  summary: string;
  /** Those that a person has to mend, errors first. */
  findings: TitledFinding[];
  findingCounts: Record<Level, number>;
  node: { ready: boolean; kubeletVersion: string; runtimeVersion: string } | null;
  /** Changes whenever anything that is known of the host does, also what this row leaves out. */
  revision: number;
}

/** What is said of the cluster as a whole. */
export interface ClusterHead {
  cluster: Omit<Status['cluster'], 'summary'>;
  coordinator: Omit<Status['coordinator'], 'now'>;
  planProblems: string[];
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
