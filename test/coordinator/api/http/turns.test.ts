import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Request, type RequestHandler, type Response } from 'express';
import { afterEach, expect, test } from 'vitest';
import { errorHandler } from '../../../../coordinator/api/http/errors.ts';
import { createTurns } from '../../../../coordinator/api/http/turns.ts';
import type { MusterError } from '../../../../shared/errors/errors.ts';
import { silentLogger } from '../../../../shared/logger.ts';
import { requestsWait, send } from '../../support.ts';

const servers: http.Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function served(turns: RequestHandler, handle: RequestHandler) {
  const server = http.createServer(express().use(turns, handle, errorHandler(silentLogger())));
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return (signal?: AbortSignal) => send(http, { host: '127.0.0.1', port, path: '/' }, signal ? { signal } : {});
}

const busyFor = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

const connected = { socket: { destroyed: false } } as Request;

test('a flood of requests is answered in slices, between which timers have their turn', async () => {
  let fired = 0;
  const timer = setInterval(() => (fired += 1), 1);
  const seen: number[] = [];
  const ask = await served(createTurns({ sliceMs: 5 }), (_request, response) => {
    busyFor(5);
    seen.push(fired);
    response.end();
  });
  await Promise.all(Array.from({ length: 20 }, () => ask()));
  clearInterval(timer);
  expect(seen).toHaveLength(20);
  expect(new Set(seen).size).toBeGreaterThan(10);
});

test('once a request has waited too long, new ones are asked to return after different times', async () => {
  const turns = createTurns({ sliceMs: 1, patienceMs: 20 });
  const ask = (work = () => {}) => turns(connected, {} as Response, work);
  for (let count = 0; count < 3; count += 1) ask(() => busyFor(30));
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  const refusals = Array.from({ length: 50 }, (): MusterError | null => {
    try {
      ask();
      return null;
    } catch (error) {
      return error as MusterError;
    }
  });
  expect(refusals.every((refusal) => refusal?.code === 'busy')).toBe(true);
  expect(new Set(refusals.map((refusal) => refusal?.retryAfter)).size).toBeGreaterThan(1);
});

test('no work is done for a client that has disconnected while it waited', async () => {
  const turns = createTurns({ sliceMs: 1 });
  let handled = 0;
  const ask = await served(turns, (_request, response) => {
    handled += 1;
    response.end();
  });
  // One in each turn of the event loop, all before the client's.
  let left = 100;
  const work = () => {
    busyFor(2);
    left -= 1;
  };
  for (let count = left; count > 0; count -= 1) turns(connected, {} as Response, work);
  const client = new AbortController();
  const arrived = requestsWait(1);
  const answer = ask(client.signal).catch(() => 'gone');
  await arrived;
  client.abort();
  expect(await answer).toBe('gone');
  expect(left).toBeGreaterThan(0);
  expect((await ask()).status).toBe(200);
  expect(handled).toBe(1);
});
