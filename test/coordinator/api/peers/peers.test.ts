import diagnosticsChannel from 'node:diagnostics_channel';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isKnown } from '../../../../coordinator/api/http/address.ts';
import { type Audience, createPass } from '../../../../coordinator/api/peers/pass.ts';
import { createPeers, peerPath } from '../../../../coordinator/api/peers/peers.ts';
import type { MusterError } from '../../../../shared/errors/errors.ts';
import { actorHeader } from '../../../../shared/protocol/operation.ts';
import { type Answer, type Ask, send, start, type TestCoordinator } from '../../support.ts';

const servers: (http.Server | https.Server)[] = [];
let coordinator: TestCoordinator;
let secret: string;
beforeEach(async () => {
  coordinator = await start();
  secret = readFileSync(join(coordinator.state, 'server.key'), 'utf8');
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await coordinator.stop();
});

/** A standby whose people's requests go to the coordinator. */
async function standby(audience: Audience, active: string | (() => string) = `https://127.0.0.1:${coordinator.port}`) {
  const standing = { state: () => 'standby' as const, active: typeof active === 'string' ? () => active : active };
  const peers = createPeers({ secret, ca: coordinator.caPem, standing, now: () => new Date() });
  const app = express();
  app.use(peers.toActive(audience));
  app.use(((error, _request, response, _next) => {
    response.status((error as MusterError).status).json({ code: (error as MusterError).code });
  }) satisfies express.ErrorRequestHandler);
  const server = http.createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return (route: string, request: Ask = {}, from = '127.0.0.1'): Promise<Answer> =>
    send(http, { host: '127.0.0.1', port, path: route, localAddress: from }, request);
}

it('an operator’s request to a standby is answered by the active coordinator, with the operator’s name in its audit log', async () => {
  const ask = await standby('operator');
  expect((await ask('/v1/status')).body.cluster.name).toBe('demo');
  const token = await ask('/v1/tokens', { body: { host: 'node01' }, headers: { [actorHeader]: 'jane' } });
  expect(token.body.command).toContain('MUSTER_TOKEN=');
  const [entry] = (await coordinator.operator('/v1/audit')).body.filter(
    ({ action }: { action: string }) => action === 'createToken',
  );
  expect(entry).toMatchObject({ actor: 'socket jane', remote: '127.0.0.1', status: 201 });
});

it('a browser signs in through a standby, and its session works from its own address only', async () => {
  const ask = await standby('browser');
  const link = new URL((await coordinator.operator('/v1/login-links', { body: { role: 'operator' } })).body.url);
  const page = await ask(`${link.pathname}${link.search}`, {}, '127.0.0.2');
  const code = link.searchParams.get('code') ?? '';
  const signedIn = await ask(
    '/login',
    {
      method: 'POST',
      body: `code=${code}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    },
    '127.0.0.2',
  );
  const cookie = String(signedIn.headers['set-cookie']?.[0] ?? page.headers['set-cookie']?.[0]).split(';')[0] ?? '';
  const statusOf = async (from: string) => (await ask('/v1/status', { headers: { cookie } }, from)).status;
  expect([await statusOf('127.0.0.2'), await statusOf('127.0.0.3')]).toEqual([200, 401]);
  expect((await coordinator.ask('/v1/status', { headers: { cookie } })).status).toBe(401);
  // Nobody else may name a client's address.
  const spoofed = {
    cookie,
    'muster-client': '127.0.0.2',
    'muster-peer': createPass('guess', () => new Date()).issue('operator'),
  };
  expect((await coordinator.ask('/v1/status', { headers: spoofed })).status).toBe(401);
});

it('sign-ins through a standby are limited by the browser’s own address', async () => {
  const ask = await standby('browser');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const attempt = async (from: string) =>
    (await ask('/login', { method: 'POST', body: 'password=guess', headers }, from)).status;
  for (let turn = 0; turn < 10; turn += 1) expect(await attempt('127.0.0.2')).toBe(403);
  expect([await attempt('127.0.0.2'), await attempt('127.0.0.3')]).toEqual([429, 403]);
});

it('a standby’s connection is that of a stranger until a browser behind it has a session, or an operator asks', async () => {
  const known: boolean[] = [];
  const channel = diagnosticsChannel.channel('http.server.response.finish');
  const note = (message: unknown) => {
    const { socket, server } = message as { socket: Socket; server: unknown };
    if (server instanceof https.Server) known.push(isKnown(socket));
  };
  channel.subscribe(note);
  await (await standby('browser'))('/login');
  await (await standby('operator'))('/v1/status');
  channel.unsubscribe(note);
  expect(known).toEqual([false, true]);
});

it.each([
  ['without a pass', () => ({})],
  ['with a guessed pass', () => ({ 'muster-peer': createPass('guess', () => new Date()).issue('operator') })],
  [
    'with an old pass',
    () => ({ 'muster-peer': createPass(secret, () => new Date(Date.now() - 61_000)).issue('operator') }),
  ],
  ['with a host’s bearer', () => ({ authorization: 'Bearer x' })],
])('an operator’s request over HTTPS %s is refused', async (_, headers) => {
  const answer = await coordinator.ask(`${peerPath}/v1/status`, { headers: headers() });
  expect([answer.status, answer.body.code]).toEqual([401, 'peer-unknown']);
});

it.each([
  '/peer/v1/status',
  '/PEER/v1/status',
  '/%70eer/v1/status',
  '//peer/v1/status',
])('a browser’s request for %s to a standby gets no operator’s rights at the active coordinator', async (path) => {
  const ask = await standby('browser');
  expect([401, 404]).toContain((await ask(path)).status);
  const browser = { 'muster-peer': createPass(secret, () => new Date()).issue('browser') };
  expect((await coordinator.ask(path, { headers: browser })).status).not.toBe(200);
});

it('says that none is active while the active coordinator does not answer', async () => {
  const ask = await standby('operator', 'https://127.0.0.1:1');
  expect((await ask('/v1/status')).body).toEqual({ code: 'no-active' });
});

it('does not send on a request that another coordinator sent', async () => {
  const ask = await standby('operator');
  const headers = { 'muster-peer': createPass(secret, () => new Date()).issue('operator') };
  expect((await ask('/v1/status', { headers })).status).toBe(404);
});

it('a request through a standby fails in time if the active one completes no connection', async () => {
  // It accepts connections, and says nothing.
  const mute = net.createServer().listen(0, '127.0.0.1');
  await once(mute, 'listening');
  const ask = await standby('operator', `https://127.0.0.1:${(mute.address() as AddressInfo).port}`);
  const began = performance.now();
  expect(await ask('/v1/status')).toMatchObject({ status: 503, body: { code: 'no-active' } });
  expect(performance.now() - began).toBeLessThan(6000);
  mute.close();
});

it('a request that a silent coordinator has is given up as soon as another one is active, for the next try', async () => {
  const [key, cert] = ['server.key', 'server.crt'].map((name) => readFileSync(join(coordinator.state, name)));
  const silent = https.createServer({ key, cert }, () => undefined).listen(0, '127.0.0.1');
  servers.push(silent);
  await once(silent, 'listening');
  let active = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  const ask = await standby('operator', () => active);
  const first = ask('/v1/status');
  await once(silent, 'request');
  active = `https://127.0.0.1:${coordinator.port}`;
  const began = performance.now();
  expect(await first).toMatchObject({ status: 503, body: { code: 'no-active' } });
  expect(performance.now() - began).toBeLessThan(3000);
  expect((await ask('/v1/status')).status).toBe(200);
});
