import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { noteKnown } from '../../../../coordinator/api/http/address.ts';
import { send } from '../../support.ts';

let server: http.Server;
let port: number;
const agents: http.Agent[] = [];
beforeEach(async () => {
  server = http.createServer((request, response) => {
    noteKnown(request, request.url === '/' ? undefined : request.url);
    response.end('done');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  for (const agent of agents.splice(0)) agent.destroy();
  server.close().closeAllConnections();
});

/** A client with one connection of its own, which stays open. */
function client() {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  agents.push(agent);
  return (path: string) => send(http, { host: '127.0.0.1', port, path, agent }, {});
}

const openConnections = () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count)));

it('one caller holds 64 connections: the longest unused is closed, those of others stay', async () => {
  const other = client();
  await other('/other');
  const [first, second, ...more] = Array.from({ length: 65 }, client);
  for (const ask of [first, second, ...more.slice(0, -1)]) await ask?.('/one');
  await first?.('/one');
  expect(await openConnections()).toBe(65);
  await more.at(-1)?.('/one');
  await expect.poll(openConnections).toBe(65);
  let opened = 0;
  server.on('connection', () => (opened += 1));
  await first?.('/one');
  await other('/other');
  expect(opened).toBe(0);
  await second?.('/one');
  expect(opened, 'the longest unused was closed').toBe(1);
});

it('a coordinator, which sends what others ask, holds any number', async () => {
  for (const ask of Array.from({ length: 80 }, client)) await ask('/');
  expect(await openConnections()).toBe(80);
});
