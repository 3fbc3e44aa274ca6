import type { Server } from 'node:https';
import type { Socket } from 'node:net';

/** Handshakes that begin in one turn of the event loop; each takes about a millisecond. */
const perTurn = 16;

/**
 * Begins the TLS handshakes of a flood of connections some at a time: all at once, they would occupy the event loop for
 * seconds. `server` must have been created with `pauseOnConnect`. A connection that has waited for `patienceMs` is
 * closed, because its client has given up.
 */
export function paceHandshakes(server: Server, patienceMs: number): void {
  const begin = server.listeners('connection') as ((socket: Socket) => void)[];
  let waiting: { socket: Socket; since: number }[] = [];

  function turn(): void {
    const now = performance.now();
    for (const { socket, since } of waiting.slice(0, perTurn)) {
      if (now - since > patienceMs) socket.destroy();
      else for (const listener of begin) listener.call(server, socket);
    }
    waiting = waiting.slice(perTurn);
    if (waiting.length > 0) setImmediate(turn);
  }

  server.removeAllListeners('connection');
  server.on('connection', (socket: Socket) => {
    waiting.push({ socket, since: performance.now() });
    if (waiting.length === 1) setImmediate(turn);
  });
}
