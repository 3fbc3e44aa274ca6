import type { Server, ServerOptions } from 'node:https';
import { handshakeBeginsMs, handshakeMs } from '../../../shared/protocol/handshake.ts';
import { bound, limits } from './limits.ts';
import { paceHandshakes } from './paced-handshakes.ts';
import { makeRoom } from './strangers.ts';

/** OpenSSL keeps a client's ML-KEM key as long as the connection: 8 kB. */
const groups = 'X25519:P-256:P-384';

/** What `guard` requires of a server, besides its certificate. */
export const tlsOptions = {
  minVersion: 'TLSv1.2',
  ecdhCurve: groups,
  handshakeTimeout: handshakeMs,
  pauseOnConnect: true,
} as const satisfies ServerOptions;

/** Keeps a server of this process, whose event loop all share, available whoever connects. */
export function guard(server: Server): void {
  bound(server, limits);
  paceHandshakes(server, handshakeBeginsMs);
  makeRoom(server, limits);
}
