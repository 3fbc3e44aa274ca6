import type { Server } from 'node:http';
import { keepAliveSeconds } from '../../shared/protocol/polling.ts';

/** How long the server bears with a client, and how often one may ask. */
export const limits = {
  /** A host gets this long for its headers and for a whole request, in ms. */
  headersMs: 15_000,
  requestMs: 60_000,
  keepAliveMs: keepAliveSeconds * 1000,
  /** A client gets this long for its TLS handshake, in ms. */
  handshakeMs: 10_000,
  /** A connection on which nothing has moved for this long is closed, in ms: longer than any poll, and than the stream's pause between beats. */
  idleMs: 90_000,
  /** Connections at a time; each takes a file descriptor. */
  connections: 16_384,
  /** After the signal, what is still answered then is cut off. */
  closeMs: 2000,
  /** Per minute and address. */
  enrolments: 60,
  signIns: 10,
  metricsReadings: 120,
} as const;

export type ConnectionLimits = Pick<
  typeof limits,
  'headersMs' | 'requestMs' | 'keepAliveMs' | 'idleMs' | 'connections'
>;

/** Bounds what one client, or many, can hold open. The TLS handshake's limit is given where the server is created. */
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
