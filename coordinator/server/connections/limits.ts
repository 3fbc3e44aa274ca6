import type { Server } from 'node:http';
import { longestPollSeconds } from '../../../shared/protocol/polling.ts';

/** Timeouts and rate limits of the server. */
export const limits = {
  /** Maximum time for a request's headers and for a whole request, in ms. */
  headersMs: 15_000,
  requestMs: 60_000,
  /**
   * Idle time after which a connection is closed, in ms. Each takes 60 kB, and its handshake as much time as a report:
   * a host that reports twice a minute keeps two, a quiet one only that of its long poll.
   */
  keepAliveMs: 75_000,
  /**
   * Idle connections are closed after this time, in ms. Longer than any long poll and than the stream's heartbeat
   * interval.
   */
  idleMs: longestPollSeconds * 1000 + 30_000,
  /** Connections that the kernel holds until they are accepted; net.core.somaxconn bounds it. */
  backlog: 4096,
  /** Maximum number of connections; each takes a file descriptor. */
  connections: 16_384,
  /** Beyond this number, connections without a credential may take half of those that are left. */
  crowded: 14_336,
  /** Requests still open this long after the signal are aborted, in ms. */
  closeMs: 2000,
  /** Per minute and address. */
  enrolments: 60,
  signIns: 10,
  metricsReadings: 120,
  /** What one worker may send: requests, or pieces of 16 kB; at once, and then one more after each time in ms. */
  agents: { burst: 2000, refillMs: 8 },
} as const;

export type ConnectionLimits = Pick<
  typeof limits,
  'headersMs' | 'requestMs' | 'keepAliveMs' | 'idleMs' | 'connections'
>;

/** Limits the connections that clients can hold open. The TLS handshake limit is set where the server is created. */
export function bound(
  server: Server,
  { headersMs, requestMs, keepAliveMs, idleMs, connections }: ConnectionLimits,
): void {
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  server.keepAliveTimeout = keepAliveMs;
  server.setTimeout(idleMs);
  server.maxConnections = connections;
}
