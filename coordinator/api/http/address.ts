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

/** A credential, token or session was accepted on the request's connection. */
export const noteKnown = ({ socket }: IncomingMessage): void => void known.add(socket);

/** Whether that happened on this connection. */
export const isKnown = (socket: Socket): boolean => known.has(socket);
