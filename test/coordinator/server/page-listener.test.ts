import { once } from 'node:events';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
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

test('a flood of connections leaves other events their turn, such as those of the other listener', async () => {
  const files = { cert: join(other.state, 'server.crt'), key: join(other.state, 'server.key') };
  const server = createPageServer(files, (_request, response) => response.end('done'), silentLogger());
  let fired = 0;
  let before = 0;
  const between: number[] = [];
  server.on('secureConnection', () => {
    between.push(fired - before);
    before = fired;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const timer = setInterval(() => (fired += 1), 1);
  const ask = () => send(https, { host: '127.0.0.1', port, ca: other.caPem, path: '/', agent: new https.Agent() }, {});
  const answers = await Promise.all(Array.from({ length: 200 }, ask));
  clearInterval(timer);
  server.close().closeAllConnections();
  expect(answers.every(({ text }) => text === 'done')).toBe(true);
  expect(between.filter((count) => count > 0).length).toBeGreaterThan(200 / 32);
});

test('files that are not certificates are refused by name', async () => {
  const page = { cert: other.plan, key: other.plan, listen: '127.0.0.1:0' };
  await expect(start({ page })).rejects.toMatchObject({
    code: 'page-certificate',
    message: expect.stringContaining(other.plan),
  });
});
