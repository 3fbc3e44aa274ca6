import { once } from 'node:events';
import https from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPageServer } from '../../../coordinator/server/page-listener.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { send, start, type TestCoordinator } from '../support.ts';

let other: TestCoordinator;
let coordinator: TestCoordinator;

/**
 * Another coordinator's certificate stands in for the operator's own: for 127.0.0.1, by a CA unknown to this
 * coordinator.
 */
beforeAll(async () => {
  other = await start();
  const page = { cert: join(other.state, 'server.crt'), key: join(other.state, 'server.key') };
  coordinator = await start({ page: { ...page, listen: '127.0.0.1:0', url: 'https://cluster.example' } });
});
afterAll(async () => {
  await coordinator.stop();
  await other.stop();
});

const askPage = (path: string) =>
  send(https, { host: '127.0.0.1', port: coordinator.pagePort ?? 0, path, ca: other.caPem }, {});

test('the page uses the operator’s certificate, agents keep the pinned one', async () => {
  expect(await askPage('/login')).toMatchObject({ status: 401, text: expect.stringContaining('muster login') });
  expect((await coordinator.ask('/login')).status).toBe(401);
});

test('links point to it, and it serves neither agents’ routes nor the installer', async () => {
  const { body } = await coordinator.operator('/v1/login-links', { method: 'POST' });
  expect(body.url).toMatch(/^https:\/\/cluster\.example\/login\?code=/);
  for (const path of ['/install.sh', '/v1/target']) expect((await askPage(path)).status).toBe(404);
});

test('begins only some TLS handshakes at a time, as the other listener', async () => {
  const files = { cert: join(other.state, 'server.crt'), key: join(other.state, 'server.key') };
  const server = createPageServer(files, (_request, response) => response.end('done'), silentLogger());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const silent = Array.from({ length: 300 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  await Promise.all(silent.map((socket) => once(socket, 'connect')));
  const began = performance.now();
  const { text } = await send(https, { host: '127.0.0.1', port, ca: other.caPem, path: '/' }, {});
  expect(text).toBe('done');
  // Twice 128 silent ones are waited for, 200 ms each.
  expect(performance.now() - began).toBeGreaterThan(300);
  for (const socket of silent) socket.destroy();
  server.close().closeAllConnections();
});

test('files that are not certificates are refused by name', async () => {
  const page = { cert: other.plan, key: other.plan, listen: '127.0.0.1:0' };
  await expect(start({ page })).rejects.toMatchObject({
    code: 'page-certificate',
    message: expect.stringContaining(other.plan),
  });
});
