import type { IncomingMessage } from 'node:http';

/** Addresses of clients whose requests another coordinator sent on. */
const told = new WeakMap<IncomingMessage, string>();

/** The client's address, IPv4 in dotted form; empty over a Unix socket. */
export function addressOf(request: IncomingMessage): string {
  return told.get(request) ?? (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}

/** Another coordinator has seen this address; only for requests that one sent. */
export const setAddress = (request: IncomingMessage, address: string): void => void told.set(request, address);
