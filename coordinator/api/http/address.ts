import type { IncomingMessage } from 'node:http';

/** The client's address, IPv4 in dotted form; empty over a Unix socket. */
export function addressOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
