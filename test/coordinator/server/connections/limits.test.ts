import { once } from 'node:events';
import http from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { bound, type ConnectionLimits, limits } from '../../../../coordinator/server/connections/limits.ts';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function portOf(more: { [Key in keyof ConnectionLimits]?: number }): Promise<number> {
  // It never answers: only a limit ends a connection.
  const server = http.createServer(() => undefined);
  servers.push(server);
  bound(server, { ...limits, ...more } as ConnectionLimits);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Resolves once the server has closed the connection. */
async function closed(port: number, sent: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write(sent);
  socket.resume();
  await once(socket, 'close');
}

describe('a bounded server', () => {
  it('closes an idle connection', async () => {
    await closed(await portOf({ idleMs: 50 }), '');
  });

  it('closes a connection on which a request gets no answer', async () => {
    await closed(await portOf({ idleMs: 50 }), 'GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  });

  it('refuses connections beyond its limit', async () => {
    const port = await portOf({ connections: 1 });
    const first = connect(port, '127.0.0.1');
    await once(first, 'connect');
    await closed(port, 'GET / HTTP/1.1\r\n');
    first.destroy();
  });
});

it('the idle limit exceeds the keep-alive', () => {
  expect(limits.idleMs).toBeGreaterThan(limits.keepAliveMs);
});
