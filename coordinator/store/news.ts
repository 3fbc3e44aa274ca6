import { EventEmitter } from 'node:events';

/** One step that has come to its end: seconds, null where it was found done and never applied. */
export interface EndedStep {
  id: string;
  state: 'done' | 'failed';
  seconds: number | null;
}

/** What the coordinator's parts tell each other, with what comes along. Told after the commit, to each listener in turn, at once. */
interface Topics {
  /** What this host is told may have changed. */
  target: [host: string];
  /** What every host is told may have changed. */
  targets: [];
  /** The duties of control planes may have changed. */
  duties: [];
  /** Another plan is in force. */
  plan: [];
  /** The plan file was read again; what it says may be wrong. */
  planFile: [];
  /** Nodes, the cluster or what hosts are to join are not as they were. */
  cluster: [];
  stepEnded: [host: string, step: EndedStep];
  /** A host is Ready for the first time, so many seconds after it enrolled. */
  joined: [host: string, seconds: number];
  /** A transaction, with its sync to the disk, took so many seconds. */
  commit: [seconds: number];
}

export type News = EventEmitter<Topics>;

export function createNews(): News {
  return new EventEmitter<Topics>();
}
