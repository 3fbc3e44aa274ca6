import { EventEmitter } from 'node:events';
import type { Target } from '../../shared/protocol/assignment.ts';

/** What parts of the agent tell each other. Only service.ts subscribes. */
interface Events {
  /** The coordinator asks for something else than before. */
  target: [target: Target];
  /** The coordinator has stored a report. */
  acknowledged: [];
  /** A step or a duty has changed something: the node or the cluster may look different. */
  changed: [];
  /** The node was Ready, and is not any more. */
  'node-lost': [];
  /** The host differs from what the last round left: everything is looked at again. */
  stale: [];
}

export type News = EventEmitter<Events>;
export const createNews = (): News => new EventEmitter<Events>();
