import { beforeEach, expect, test } from 'vitest';
import { createSparing, type Sparing } from '../../../agent/kube/sparing.ts';
import { MusterError } from '../../../shared/errors/errors.ts';

const client = { caPem: 'ours' };
let now: number;
let asked: number[];
let spare: Sparing;

beforeEach(() => {
  now = 0;
  asked = [];
  spare = createSparing(() => now);
});

const silent = async (): Promise<string> => {
  asked.push(now);
  throw new MusterError('kube-unreachable', { reason: 'timeout' });
};
const answers = async () => 'node01';
const refused = (who = client) => expect(spare(who, silent)).rejects.toMatchObject({ code: 'kube-unreachable' });

async function silentFor(ms: number): Promise<void> {
  for (const end = now + ms; now < end; now += 1000) await refused();
}

test('an API server that does not answer is queried with growing intervals of at most 15 s', async () => {
  await silentFor(600_000);
  expect(asked.slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((seconds) => seconds * 1000));
  const gaps = asked.slice(1).map((at, index) => at - (asked[index] ?? 0));
  expect(Math.max(...gaps)).toBe(15_000);
  expect(asked.length).toBeLessThan(80);
});

test('one that answers again is queried every time', async () => {
  await silentFor(100_000);
  now += 15_000;
  expect(await spare(client, answers)).toBe('node01');
  expect(await spare(client, answers)).toBe('node01');
});

test('one that refuses a request counts as answering', async () => {
  await silentFor(100_000);
  now += 15_000;
  const refuses = () =>
    Promise.reject(new MusterError('kube-refused', { method: 'GET', path: '/', reason: 'HTTP 403' }));
  for (let time = 0; time < 3; time++)
    await expect(spare(client, refuses)).rejects.toMatchObject({ code: 'kube-refused' });
  await refused();
  now += 1000;
  await refused();
  expect(asked.slice(-2)).toEqual([now - 1000, now]);
});

test('the API server of another cluster is queried at once', async () => {
  await silentFor(300_000);
  expect(await spare({ caPem: 'another' }, answers)).toBe('node01');
});
