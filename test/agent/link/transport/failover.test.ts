import { afterEach, describe, expect, test } from 'vitest';
import { createClient } from '../../../../agent/link/client.ts';
import { knownCoordinators } from '../../../../agent/link/coordinators.ts';
import { fixedSession } from '../../../../agent/link/session.ts';
import { MusterError } from '../../../../shared/errors/errors.ts';
import { standingHeader } from '../../../../shared/protocol/coordinators.ts';
import { revisionHeader } from '../../../../shared/protocol/revision.ts';
import { type FakeAnswer, type FakeCoordinator, fakeCoordinator } from '../../fake-coordinator.ts';
import { sampleAssignment } from '../../samples.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function start(...args: Parameters<typeof fakeCoordinator>): Promise<FakeCoordinator> {
  const coordinator = await fakeCoordinator(...args);
  opened.push(coordinator);
  return coordinator;
}

/** A client of these coordinators that remembers which one answered. */
function clientOf(...coordinators: FakeCoordinator[]) {
  let urls = coordinators.map(({ url }) => url);
  let lacks = 0;
  const url = {
    inOrder: () => urls,
    answered(one: string): void {
      urls = [one, ...urls.filter((other) => other !== one)];
    },
    mayLack(): void {
      lacks += 1;
    },
  };
  const client = createClient({ url, ca: coordinators[0]?.ca ?? '', bearer: 'secret' });
  opened.unshift(client);
  return { client, urls: () => urls, lacks: () => lacks };
}

const signal = new AbortController().signal;
const report = { host: 'node01', bootId: 'b', sentAt: '2026-01-01T00:00:00Z', agentVersion: '0.1.0' };
const stored = () => ({ status: 204 });
const standby = (active?: string): FakeAnswer => {
  const problem = active === undefined ? new MusterError('no-active') : new MusterError('not-active', { active });
  return { status: problem.status, headers: { 'retry-after': '2' }, body: problem.toProblem() };
};

describe('several coordinators', () => {
  test('asks the next one if the first refuses connections, and stays there', async () => {
    const first = await start(stored);
    const second = await start(stored, { beside: first });
    const { client, urls } = clientOf(first, second);
    await first.close();
    await client.report(report);
    await client.report(report);
    expect(second.requests).toHaveLength(2);
    expect(urls()).toEqual([second.url, first.url]);
  });

  test('sends a long poll to the next one when its connection breaks', async () => {
    const target = { assignment: sampleAssignment(), reason: { en: '', zh: '' }, duties: [] };
    const first: FakeCoordinator = await start(() => new Promise(() => setImmediate(() => first.close())));
    const second = await start(() => ({ body: target, headers: { etag: '"7"' } }), { beside: first });
    expect(await clientOf(first, second).client.target('"6"', 50, signal)).toEqual({ target, etag: '"7"' });
  });

  test('asks the one that a standby names, even one that it did not know', async () => {
    const active = await start(stored);
    const other = await start(stored, { beside: active });
    const first = await start(() => standby(active.url), { beside: active });
    const { client } = clientOf(first, other);
    await client.report(report);
    expect(active.requests).toHaveLength(1);
    expect(other.requests).toEqual([]);
  });

  test('asks each one at most once, also if two name each other', async () => {
    const second: FakeCoordinator = await start(() => standby(first.url));
    const first: FakeCoordinator = await start(() => standby(second.url), { beside: second });
    await expect(clientOf(first, second).client.report(report)).rejects.toMatchObject({ code: 'not-active' });
    expect([first.requests.length, second.requests.length]).toEqual([1, 1]);
  });

  test('reports that the active one presents a certificate of another CA, not that a standby refers to it', async () => {
    const active = await start(stored);
    const first = await start(() => standby(active.url));
    await expect(clientOf(first, active).client.report(report)).rejects.toMatchObject({
      code: 'untrusted-coordinator',
    });
  });

  test('reports that no one is active, with the time of the next attempt, rather than that one is unreachable', async () => {
    const first = await start(() => standby());
    const dead = await start(stored, { beside: first });
    await dead.close();
    const expected = { code: 'no-active', status: 503, retryAfter: 2 };
    await expect(clientOf(first, dead).client.report(report)).rejects.toMatchObject(expected);
    await expect(clientOf(dead, first).client.report(report)).rejects.toMatchObject(expected);
  });

  test('passes by an address where another server answers, without sending anything to it', async () => {
    const stranger = await start(stored);
    const own = await start(stored);
    const client = createClient({
      url: knownCoordinators([stranger.url, own.url]),
      ca: own.ca,
      bearer: 'secret',
    });
    opened.unshift(client);
    await client.report(report);
    expect(stranger.requests).toEqual([]);
    expect(own.requests).toHaveLength(1);
  });

  test('takes no target from one that is behind what it has seen, and asks the next one', async () => {
    const target = { assignment: null, reason: { en: '', zh: '' }, duties: [] };
    const answer = (revision: number) => () => ({
      body: target,
      headers: { etag: '"7"', [revisionHeader]: `${revision}.${'s'.repeat(22)}` },
    });
    const old = await start(answer(6));
    const current = await start(answer(8), { beside: old });
    const session = { ...fixedSession('secret'), revision: () => `7.${'s'.repeat(22)}` };
    const clientFor = (...all: FakeCoordinator[]) => {
      const client = createClient({ url: knownCoordinators(all.map(({ url }) => url)), ca: old.ca, bearer: session });
      opened.unshift(client);
      return client;
    };
    expect(await clientFor(old, current).target(null, 0, signal)).toMatchObject({ etag: '"7"' });
    expect([old.requests.length, current.requests.length]).toEqual([1, 1]);
    await expect(clientFor(old).target(null, 0, signal)).rejects.toMatchObject({
      code: 'coordinator-behind',
      status: 503,
    });
  });

  test('stays with one that refuses the request for another reason', async () => {
    const busy = new MusterError('busy', { waiting: 9 });
    const first = await start(() => ({ status: busy.status, body: busy.toProblem() }));
    const second = await start(stored, { beside: first });
    await expect(clientOf(first, second).client.report(report)).rejects.toMatchObject({ code: 'busy' });
    expect(second.requests).toEqual([]);
  });

  test('uses one that is cut off from the cluster only if no other one is active', async () => {
    const cutOff = await start(() => ({ status: 204, headers: { [standingHeader]: 'cut-off' } }));
    const other = await start(() => standby(), { beside: cutOff });
    const both = clientOf(cutOff, other);
    await both.client.report(report);
    expect(both.urls()).toEqual([cutOff.url, other.url]);
    const active = await start(stored, { beside: cutOff });
    const all = clientOf(cutOff, other, active);
    await all.client.report(report);
    expect(all.urls()[0]).toBe(active.url);
  });

  test('one that is cut off may accept what the usual one, which may be active again, then lacks', async () => {
    const cutOff = () => ({ status: 204, headers: { [standingHeader]: 'cut-off' } });
    let usually: () => FakeAnswer = cutOff;
    const usual = await start(() => usually());
    const other = await start(cutOff, { beside: usual });
    const { client, lacks } = clientOf(usual, other);
    await client.report(report);
    expect(lacks()).toBe(0);
    usually = standby;
    await client.report(report);
    expect(lacks()).toBe(1);
  });

  test('ends a long poll at a coordinator that another one replaced, and sends it to that one', async () => {
    let isStandby = false;
    const first = await start(({ path }) =>
      path.endsWith('target') ? new Promise(() => {}) : isStandby ? standby() : { status: 204 },
    );
    const second = await start(({ path }) => ({ status: path.endsWith('target') ? 304 : 204 }), { beside: first });
    const { client } = clientOf(first, second);
    const polled = client.target('"6"', 50, signal);
    await client.report(report);
    isStandby = true;
    await client.report(report);
    expect(await polled).toBeNull();
  });

  test('asks no further one once the caller gives up', async () => {
    const stop = new AbortController();
    const first = await start(() => new Promise(() => stop.abort()));
    const second = await start(() => ({ status: 304 }), { beside: first });
    await expect(clientOf(first, second).client.target('"6"', 50, stop.signal)).rejects.toThrow();
    expect(second.requests).toEqual([]);
  });
});
