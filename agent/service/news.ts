import { EventEmitter } from 'node:events';
import type { Target } from '../../shared/protocol/assignment.ts';

/** Events between parts of the agent. Only service.ts subscribes. */
interface Events {
  /** The coordinator sent a new target. */
  target: [target: Target];
  /** The coordinator has stored a report. */
  acknowledged: [];
  /** A step or duty may have changed the node or the cluster. */
  changed: [];
  /** The node was Ready and no longer is. */
  'node-lost': [];
  /** The host has changed since the last round: all steps are checked. */
  stale: [];
}

export type News = EventEmitter<Events>;
export const createNews = (): News => new EventEmitter<Events>();
