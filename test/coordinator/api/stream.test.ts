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

/** Opens a stream and leaves it unread. */
function open(session: string): Promise<{ status: number; close: () => void }> {
  return new Promise((resolve, reject) => {
    const target = { host: '127.0.0.1', port: coordinator.port, path: '/v1/stream', ca: coordinator.caPem };
    const request = https.get({ ...target, agent: false, headers: { cookie: session } }, (response) =>
      resolve({ status: response.statusCode ?? 0, close: () => request.destroy() }),
    );
    request.on('error', reject);
  });
}

it('one session keeps some streams open, and another one is not affected', async () => {
  const [own, other] = [await cookie(), await cookie()];
  const streams = [];
  for (let count = 0; count < 9; count += 1) streams.push(await open(own));
  expect(streams.map(({ status }) => status)).toEqual([...Array(8).fill(200), 429]);
  const more = await open(other);
  expect(more.status).toBe(200);
  streams[0]?.close();
  await expect.poll(async () => (await open(own)).status).toBe(200);
  for (const { close } of [...streams, more]) close();
});
