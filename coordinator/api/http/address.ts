import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/** Addresses of clients whose requests another coordinator sent on. */
const told = new WeakMap<IncomingMessage, string>();

/** The client's address, IPv4 in dotted form; empty over a Unix socket. */
export function addressOf(request: IncomingMessage): string {
  return told.get(request) ?? (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

/** Another coordinator has seen this address; only for requests that one sent. */
export const setAddress = (request: IncomingMessage, address: string): void => void told.set(request, address);

const known = new WeakSet<Socket>();

/** Connections of one caller; an agent has 8, a browser 6. */
const mostOfOne = 64;
/** Those of each caller, the longest unused first. */
const byCaller = new Map<string, Set<Socket>>();
/** The connections among which one counts: those of the first caller on it. */
const fellows = new WeakMap<Socket, Set<Socket>>();

/**
 * A credential, token or session was accepted on the request's connection. `caller`: a hash that stands for it; beyond
 * `mostOfOne` connections the longest unused is closed. Absent: a coordinator, which sends what others ask.
 */
export function noteKnown({ socket }: IncomingMessage, caller?: string): void {
  known.add(socket);
  if (caller === undefined) return;
  const own = fellows.get(socket) ?? connectionsOf(caller, socket);
  own.delete(socket);
  own.add(socket);
  const [oldest] = own;
  if (own.size > mostOfOne) oldest?.destroy();
}

function connectionsOf(caller: string, socket: Socket): Set<Socket> {
  const own = byCaller.get(caller) ?? new Set();
  byCaller.set(caller, own);
  fellows.set(socket, own);
  socket.once('close', () => {
    own.delete(socket);
    if (own.size === 0 && byCaller.get(caller) === own) byCaller.delete(caller);
  });
  return own;
}

/** Whether that happened on this connection. */
export const isKnown = (socket: Socket): boolean => known.has(socket);
