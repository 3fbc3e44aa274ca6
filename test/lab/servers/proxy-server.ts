import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { connect } from 'node:net';
import { pipeline } from 'node:stream';

/** What the proxy was asked for: `GET http://…` or `CONNECT host:port`, and whether it let that through. */
export type Told = (what: string, allowed: boolean) => void;

function isAllowed({ headers }: IncomingMessage, credentials: string): boolean {
  const given = Buffer.from(headers['proxy-authorization'] ?? '');
  const wanted = Buffer.from(`Basic ${Buffer.from(credentials).toString('base64')}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** A forward proxy that asks for a user and a password, `user:password`. */
export function createProxy(credentials: string, told: Told): Server {
  const challenge = { 'Proxy-Authenticate': 'Basic realm="lab"' };
  const server = createServer((incoming, response) => {
    const allowed = isAllowed(incoming, credentials);
    told(`${incoming.method} ${incoming.url}`, allowed);
    if (!allowed) return response.writeHead(407, challenge).end();
    const { 'proxy-authorization': _, 'proxy-connection': __, ...headers } = incoming.headers;
    const outgoing = request(incoming.url ?? '', { method: incoming.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      pipeline(answer, response, () => undefined);
    });
    outgoing.on('error', () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    return pipeline(incoming, outgoing, () => undefined);
  });
  server.on('connect', (incoming, socket) => {
    const allowed = isAllowed(incoming, credentials);
    told(`CONNECT ${incoming.url}`, allowed);
    if (!allowed) {
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="lab"\r\n\r\n');
    }
    const [host, port] = (incoming.url ?? '').split(':');
    const outgoing = connect({ host, port: Number(port) }, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      pipeline(socket, outgoing, () => undefined);
      pipeline(outgoing, socket, () => undefined);
    });
    return outgoing.on('error', () => socket.destroy());
  });
  return server;
}

if (import.meta.main) {
  const [address, port, credentials = ''] = process.argv.slice(2);
  const log: Told = (what, allowed) => process.stdout.write(`${allowed ? 'through' : 'refused'} ${what}\n`);
  createProxy(credentials, log).listen(Number(port), address);
}
