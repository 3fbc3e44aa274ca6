import type { Server } from 'node:https';
import type { Socket } from 'node:net';

/** Handshakes that begin in one turn of the event loop; each takes about a millisecond. */
const perTurn = 8;
/** Handshakes under way at a time: their clients may answer all together, and each answer takes half a millisecond. */
const together = 128;
/** Time after which a handshake no longer counts, in ms, so that silent clients do not hold up others. */
const countsMs = 200;

/**
 * Begins the TLS handshakes of a flood of connections some at a time: all at once, they would occupy the event loop for
 * seconds. `server` must have been created with `pauseOnConnect`. A connection that has waited for `patienceMs` is
 * closed without a handshake; clients must be more patient.
 */
export function paceHandshakes(server: Server, patienceMs: number): void {
  const begin = server.listeners('connection') as ((socket: Socket) => void)[];
  const waiting: { socket: Socket; since: number }[] = [];
  /** When the handshakes under way began, the oldest first. */
  const begun: number[] = [];
  let next: { cancel(): void } | null = null;

  function turn(): void {
    next = null;
    const now = performance.now();
    while (now - (begun[0] ?? now) > countsMs) begun.shift();
    for (const { socket, since } of waiting.splice(0, Math.min(perTurn, together - begun.length))) {
      if (now - since > patienceMs) {
        socket.destroy();
      } else if (!socket.destroyed) {
        begun.push(now);
        for (const listener of begin) listener.call(server, socket);
      }
    }
    schedule();
  }

  function schedule(): void {
    if (waiting.length === 0 || next !== null) return;
    if (begun.length < together) {
      const soon = setImmediate(turn);
      next = { cancel: () => clearImmediate(soon) };
    } else {
      const later = setTimeout(turn, countsMs);
      next = { cancel: () => clearTimeout(later) };
    }
  }

  /** A handshake is over. */
  function ended(): void {
    const wasFull = begun.length >= together;
    begun.shift();
    if (!wasFull) return;
    next?.cancel();
    next = null;
    schedule();
  }

  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    waiting.push({ socket, since: performance.now() });
    schedule();
  });
  server.on('secureConnection', ended);
  server.on('tlsClientError', ended);
}
