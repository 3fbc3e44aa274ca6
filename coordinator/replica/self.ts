import type { Logger } from '../../shared/logger.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import type { Connect, Connection } from './credential.ts';
import { elapsed, type Mark } from './elapsed.ts';
import type { Files } from './files/files.ts';
import { createFollower, type Follower } from './follower.ts';
import { createLease, type Lease } from './lease/lease.ts';
import { createLog, type Log } from './log.ts';
import { createMemory, type Memory } from './memory.ts';
import { createSender, type Sender } from './sender.ts';
import { createStanding, type Standing } from './standing.ts';
import { type Timing, timing as usual } from './timing.ts';

export interface ReplicaOptions {
  store: Store;
  news: News;
  log: Logger;
  now: () => Date;
  connect: Connect;
  files: Files;
  /** Names of the control planes that share the state. */
  controlPlanes: () => readonly string[];
  /** Whether this control plane is about to be reset, replaced or retired. */
  isLeaving: (host: string) => boolean;
  /** Where the coordinator on this control plane answers. */
  url: (host: string) => string;
  /** Whether the plan file, as it is now, is valid. */
  isPlanValid: () => boolean;
  /** Called when another plan file was written. */
  onFiles: () => void;
  timing?: Partial<Timing>;
  compactAfter?: number;
}

/** The parts of one of several coordinators. */
export interface Self extends Omit<ReplicaOptions, 'timing'> {
  timing: Timing;
  memory: Memory;
  standing: Standing;
  follower: Follower;
  sender: Sender;
  /** It records and sends changes. Whether it may act at this moment is up to `standing`. */
  isActive: boolean;
  /** It acts although its host is about to leave, because nobody else took over. */
  isLastResort: boolean;
  /** When its last takeover failed on its own machine. null: it did not. */
  failed: Mark | null;
  /** The control plane that it runs on, by its credential for the API; '': not known. */
  host: string;
  /** How long it sees the Lease unchanged before it takes it, in ms. */
  patience: number;
}

/** The API as this coordinator reaches it now. */
export interface Api {
  connection: Connection;
  lease: Lease;
  log: Log;
}

export function createSelf({ timing: own, ...options }: ReplicaOptions): Self {
  const timing = { ...usual, ...own };
  const memory = createMemory(options.store);
  const standing = createStanding({
    holdMs: timing.hold,
    hasState: () => memory.sequence() > 0,
    tooLarge: options.files.tooLarge,
  });
  const parts = { ...options, memory, mayAct: standing.mayAct };
  return {
    ...options,
    timing,
    memory,
    standing,
    follower: createFollower(parts),
    sender: createSender(parts),
    isActive: false,
    isLastResort: false,
    failed: null,
    host: '',
    patience: timing.duration + Math.random() * timing.jitter,
  };
}

/** The name by which this coordinator holds the Lease. */
export const identityOf = ({ memory }: Self, { host }: Connection): string => `${host}/${memory.id}`;

export function apiOf(self: Self, connection: Connection): Api {
  const { client, host } = connection;
  const identity = identityOf(self, connection);
  const lease = createLease({ client, identity, url: () => self.url(host), durationMs: self.timing.duration });
  return { connection, lease, log: createLog(client) };
}

/** Its machine failed in a takeover a short time ago, and may do so again. */
export const hasFailed = ({ failed, timing }: Self): boolean =>
  failed !== null && elapsed(failed) < timing.afterFailure;

/** Whether this coordinator's own state may become the shared one: it knows the cluster whose API this is. */
export function mayMove({ controlPlanes, store }: Self, { host, caSha256 }: Connection): boolean {
  const planned = controlPlanes();
  return planned.length > 1 && planned.includes(host) && store.cluster.get()?.caSha256 === caSha256;
}
