import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { knock } from '../../../agent/facts/peers.ts';

const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

/** An HTTP server's ADDRESS:PORT. */
async function site() {
  const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return { authority: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test('a port without a listener is closed, one with a listener is open', async () => {
  const { authority } = await site();
  const port = Number(authority.split(':')[1]);
  expect(await knock('127.0.0.1', port)).toBe('open');
  expect(await knock('127.0.0.1', 9)).toBe('closed');
});
