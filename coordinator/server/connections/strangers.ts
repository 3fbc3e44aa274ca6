import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { isKnown } from '../../api/http/address.ts';

export interface RoomOptions {
  /** Connections of which none is closed. */
  crowded: number;
  /** Maximum number of connections. */
  connections: number;
}

/** Both sockets of a connection have it. */
const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;

/**
 * Keeps connections free for hosts and operators: once the server is `crowded`, those without a credential may take half
 * of what the others leave; beyond that, the one on which nothing has happened for longest is closed. Otherwise anybody
 * could hold all of them, and without that half no host could present its credential. Call it after other listeners for
 * connections are in place.
 */
export function makeRoom(server: Server, { crowded, connections }: RoomOptions): void {
  /** The longest unused first. `secure` is null until the handshake is complete. */
  const strangers = new Map<string, { socket: Socket; secure: TLSSocket | null }>();
  let open = 0;

  const areTooMany = () => strangers.size > (connections - (open - strangers.size)) / 2;

  function closeOne(): void {
    for (const [key, { socket, secure }] of strangers) {
      strangers.delete(key);
      if (secure !== null && isKnown(secure)) continue;
      socket.destroy();
      return;
    }
  }

  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket);
    open += 1;
    strangers.set(key, { socket, secure: null });
    socket.once('close', () => {
      open -= 1;
      if (strangers.get(key)?.socket === socket) strangers.delete(key);
    });
    if (open > crowded && areTooMany()) closeOne();
  });
  server.on('secureConnection', (secure) => {
    const stranger = strangers.get(keyOf(secure));
    if (stranger !== undefined) stranger.secure = secure;
  });
  server.on('request', ({ socket }) => {
    const key = keyOf(socket);
    const stranger = strangers.get(key);
    if (stranger === undefined) return;
    strangers.delete(key);
    if (!isKnown(socket)) strangers.set(key, stranger);
  });
}
