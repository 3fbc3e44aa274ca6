import type { PackedRow } from '../status/packed-row.ts';
import type { TitledFinding } from '../status/row.ts';
import type { Notice } from './notice.ts';
import type { PlanFileProblem } from './plan-problem.ts';
import type { SettingNote } from './setting-note.ts';
import type { HostStatus, Status } from './status.ts';

/** GET /v1/hosts/NAME */
export type HostDetails = Omit<HostStatus, 'findings'> & { findings: TitledFinding[] };

/** Cluster-wide part of the status. */
export interface ClusterHead {
  cluster: Omit<Status['cluster'], 'summary'>;
  coordinator: Omit<Status['coordinator'], 'now'>;
  planProblems: PlanFileProblem[];
  settingNotes: SettingNote[];
  notices: Notice[];
}

/** `event: snapshot`: the whole status; the rows of many hosts follow in `rows` events. */
export interface Snapshot {
  /** The coordinator's clock, ISO 8601; clients compute ages from it, not from their own clock. */
  now: string;
  /** Milliseconds without contact after which a host counts as silent. */
  silentAfterMs: number;
  head: ClusterHead;
  /** All hosts, in plan order. */
  names: readonly string[];
  /** The first hosts. */
  hosts: PackedRow[];
  /** Sequence number of the newest event. */
  newestEvent: number;
}

/** `event: rows`: further hosts of the snapshot. */
export interface Rows {
  now: string;
  hosts: PackedRow[];
}

/** `event: change`: differences from the previous event; of each host only the changed fields. */
export interface Change {
  now: string;
  head?: ClusterHead;
  hosts: (Partial<PackedRow> & Pick<PackedRow, 'name'>)[];
  newestEvent?: number;
}

/** `event: beat`: sent while nothing changes, to show that the connection works. */
export interface Beat {
  now: string;
}
