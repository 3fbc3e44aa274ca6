import https from 'node:https';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
beforeAll(async () => {
  coordinator = await start();
});
afterAll(() => coordinator.stop());

async function cookie(): Promise<string> {
  const { url } = (await coordinator.operator('/v1/login-links', { body: {} })).body;
  const answer = await coordinator.ask('/login', {
    method: 'POST',
    body: new URLSearchParams({ code: new URL(url).searchParams.get('code') ?? '' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  return answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
}

interface Stream {
  status: number;
  isOpen: () => boolean;
  close: () => void;
}

/** Opens a stream and leaves it unread. */
function open(session: string): Promise<Stream> {
  return new Promise((resolve, reject) => {
    const target = { host: '127.0.0.1', port: coordinator.port, path: '/v1/stream', ca: coordinator.caPem };
    const request = https.get({ ...target, agent: false, headers: { cookie: session } }, (response) => {
      response.on('error', () => undefined);
      const isOpen = () => !response.socket.destroyed;
      resolve({ status: response.statusCode ?? 0, isOpen, close: () => request.destroy() });
    });
    request.on('error', reject);
  });
}

it('keeps the newest streams of a session open, and does not affect another session', async () => {
  const [own, other] = [await cookie(), await cookie()];
  const streams = [await open(other)];
  for (let count = 0; count < 10; count += 1) streams.push(await open(own));
  expect(streams.map(({ status }) => status)).toEqual(Array(11).fill(200));
  const areOpen = () => streams.map(({ isOpen }) => isOpen());
  await expect.poll(areOpen).toEqual([true, false, false, ...Array(8).fill(true)]);
  streams.at(-1)?.close();
  streams.push(await open(own));
  expect(areOpen()).toEqual([true, false, false, ...Array(7).fill(true), false, true]);
  for (const { close } of streams) close();
});
