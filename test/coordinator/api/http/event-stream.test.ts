import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { type EventStream, eventStream } from '../../../../coordinator/api/http/event-stream.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** A server whose streams are handed to the test. */
async function serve() {
  const { promise, resolve } = Promise.withResolvers<{ stream: EventStream; isClosed: () => boolean }>();
  const app = express().get('/', (request, response) => {
    resolve({ stream: eventStream(request, response), isClosed: () => response.destroyed });
    response.flushHeaders();
  });
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, opened: promise };
}

it('of many readers that lag together, the slowest is disconnected', async () => {
  const open = await Promise.all(
    Array.from({ length: 14 }, async () => {
      const { port, opened } = await serve();
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => undefined);
      socket.pause();
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      return { ...(await opened), socket };
    }),
  );
  const text = randomBytes(512 * 1024).toString('hex');
  const megabytes = 15;
  for (const { stream } of open) for (let sent = 0; sent < megabytes; sent += 1) stream.write(text);
  const closed = open.filter(({ isClosed }) => isClosed()).length;
  expect(closed).toBeGreaterThan(0);
  expect((open.length - closed) * megabytes).toBeLessThan(150);
  for (const { socket } of open) socket.destroy();
});

describe.each(['gzip', 'identity'])('a stream of events (%s)', (encoding) => {
  it('disconnects a reader that lags, before much is buffered for it', async () => {
    const { port, opened } = await serve();
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.pause();
    socket.write(`GET / HTTP/1.1\r\nHost: x\r\nAccept-Encoding: ${encoding}\r\n\r\n`);
    const { stream, isClosed } = await opened;
    let sent = 0;
    while (!isClosed() && sent < 200) {
      stream.write(randomBytes(512 * 1024).toString('hex'));
      sent += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(80);
    socket.destroy();
  });

  it('sends each text without delay', async () => {
    const { port, opened } = await serve();
    const response = fetch(`http://127.0.0.1:${port}/`, { headers: { 'accept-encoding': encoding } });
    const { stream } = await opened;
    const texts = (await response).body?.pipeThrough(new TextDecoderStream()).getReader();
    for (const text of ['event: a\n\n', 'event: b\n\n']) {
      stream.write(text);
      expect(await texts?.read()).toEqual({ done: false, value: text });
    }
    stream.end();
    expect((await texts?.read())?.done).toBe(true);
  });
});
