/** Messages between the bench and its two child processes, and what an agent is given. */

export interface SimulatedHost {
  name: string;
  address: string;
  role: 'control-plane' | 'worker';
  token: string;
}

export interface FleetOptions {
  port: number;
  caPem: string;
  /** Agents start at random moments within this time, in ms. */
  withinMs: number;
  seed: number;
  /** Interval of each agent's reports once it has enrolled, in ms. */
  reportEveryMs: number;
  hosts: readonly SimulatedHost[];
}

export type FleetCommand =
  | { do: 'start'; options: FleetOptions }
  /** The reply is a Tally, and counting starts again. */
  | { do: 'tally' }
  /** Agents stop reporting at intervals, or continue. */
  | { do: 'be-quiet'; isQuiet: boolean }
  /** The control plane reports the cluster. */
  | { do: 'found-cluster'; caPem: string }
  /** The last `count` workers join. */
  | { do: 'join'; count: number };

/** What has happened since the last reply; times are milliseconds since the epoch. */
export interface Tally {
  /** Agents that have given up, with the reason of the first ones. */
  gaveUp: number;
  reasons: string[];
  enrolled: number;
  /** Agents whose first report was acknowledged. */
  reported: number;
  firstReportAt: number | null;
  lastReportAt: number | null;
  /** Latencies of acknowledged reports, in ms. */
  reportMs: number[];
  /** Targets received (answers with a body), by agent and time. */
  targets: { host: string; at: number }[];
  targetBytes: number;
  /** Workers that have joined since the start. */
  joined: number;
  /** Agents that were answered. */
  answeredHosts: string[];
  lastFirstAnswerAt: number | null;
  /** Failed attempts, by reason. */
  failures: Record<string, number>;
  /** The newest acknowledged sequence number of each host's reports. */
  acknowledged: Record<string, number>;
}

/** Since the last reply. */
export interface Measured {
  cpuSeconds: number;
  seconds: number;
  residentBytes: number;
  /** Of JavaScript, with garbage; the rest is native: TLS, SQLite, code. */
  heapBytes: number;
  connections: number;
  /** Longest and 99th percentile delay of the event loop, in ms. */
  stallMs: number;
  /** Longest processor time of the event loop's thread between two timers, in ms. */
  workMs: number;
  p99Ms: number;
}
