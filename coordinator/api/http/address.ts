import type { IncomingMessage } from 'node:http';

/** The address that a request comes from, IPv4 in dotted form; empty over a Unix socket. */
export function addressOf({ socket }: IncomingMessage): string {
  return (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
}
