import { EventEmitter } from 'node:events';

/** A step that ended. `seconds`: its duration; null if nothing was applied. */
export interface EndedStep {
  id: string;
  state: 'done' | 'failed';
  seconds: number | null;
}

/** Topics of the coordinator's notifications, with their arguments. Emitted after the commit, synchronously. */
interface Topics {
  /** This coordinator, one of several, became the active one. */
  active: [];
  /** The target of this host may have changed. */
  target: [host: string];
  /** The targets of all hosts may have changed. */
  targets: [];
  /** The duties of control planes may have changed. */
  duties: [];
  /** Another plan is in force. */
  plan: [];
  /** The plan file was read again and may be invalid. */
  planFile: [];
  /** Nodes, the cluster or the cluster to join changed. */
  cluster: [];
  stepEnded: [host: string, step: EndedStep];
  /** A host is Ready for the first time, so many seconds after its enrolment. */
  joined: [host: string, seconds: number];
  /** Seconds that a transaction took, including the disk sync. */
  commit: [seconds: number];
}

export type News = EventEmitter<Topics>;

export function createNews(): News {
  return new EventEmitter<Topics>();
}
