import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReports } from '../../../coordinator/observing/reports.ts';
import { createGroupCommit } from '../../../coordinator/store/group-commit.ts';
import { createNews } from '../../../coordinator/store/news.ts';
import { openStore } from '../../../coordinator/store/store.ts';
import { plan } from '../plans.ts';
import {
  allDone,
  bearer,
  cluster,
  enrolled,
  facts,
  node,
  report,
  start,
  step,
  type TestCoordinator,
} from '../support.ts';

let coordinator: TestCoordinator;
let master: Awaited<ReturnType<typeof enrolled>>;
let worker: Awaited<ReturnType<typeof enrolled>>;
beforeAll(async () => {
  coordinator = await start();
  master = await enrolled(coordinator, 'master01');
  worker = await enrolled(coordinator, 'node01');
});
afterAll(() => coordinator.stop());

const host = async (name: string) => {
  const { body } = await coordinator.operator('/v1/status');
  return body.hosts.find((one: { name: string }) => one.name === name);
};
const lines = async (after = 0) => (await coordinator.operator(`/v1/hosts/node01/logs?after=${after}`)).body.lines;

describe('POST /v1/reports', () => {
  it('replaces earlier values, keeps absent ones and appends output', async () => {
    const output = (text: string) => [{ at: new Date().toISOString(), step: 'packages', text }];
    const first = await worker.report({ facts: facts(), steps: [step('host-name', 'done')], output: output('one') });
    expect(first).toMatchObject({ status: 204, text: '' });
    await worker.report({ steps: [step('host-name', 'done'), step('packages', 'applying')], output: output('two') });
    expect(await host('node01')).toMatchObject({
      facts: { kernel: '6.1.0-18-amd64' },
      stepsDone: 1,
      phase: 'preparing',
    });
    const all = await lines();
    expect(all.map(({ text }: { text: string }) => text)).toEqual(['one', 'two']);
    expect(await lines(all[0].seq)).toEqual([all[1]]);
  });

  it('removes control characters from a host’s output', async () => {
    await worker.report({
      output: [{ at: new Date().toISOString(), step: 'packages', text: '\u001b[2J\u001b]0;x\u0007evil\r' }],
    });
    expect((await lines()).at(-1).text).toBe('evil');
  });

  it('records the offset of the host’s clock', async () => {
    await worker.report({ sentAt: new Date(Date.now() + 12_000).toISOString() });
    expect((await host('node01')).clockSkewSeconds).toBeCloseTo(12, 0);
  });

  it.each<[string, number, string, object]>([
    ['a report for another host', 403, 'wrong-host', { body: report('node02') }],
    ['an unknown step', 422, 'invalid', { body: { ...report('node01'), steps: [{ id: 'x' }] } }],
    ['a body that is not JSON', 400, 'malformed', { body: '{"host":' }],
    ['no body', 422, 'invalid', { method: 'POST' }],
    ['more than a megabyte', 413, 'too-large', { body: JSON.stringify({ x: 'y'.repeat(1_100_000) }) }],
  ])('refuses %s with %i %s', async (_, status, code, ask) => {
    const before = await lines();
    const answer = await coordinator.ask('/v1/reports', { headers: worker.headers, ...ask });
    expect(answer).toMatchObject({ status, body: { code, message: { en: expect.any(String) } } });
    expect(await lines()).toEqual(before);
  });

  it('names the invalid field', async () => {
    const { body } = await coordinator.ask('/v1/reports', {
      headers: worker.headers,
      body: { ...report('node01'), sentAt: 'now' },
    });
    expect(body).toMatchObject({ code: 'invalid', params: { problems: { en: expect.stringMatching(/^sentAt: /) } } });
  });

  it('refuses a request without a host’s credential before reading the body', async () => {
    for (const headers of [{}, bearer('x'), { authorization: 'Bearer' }]) {
      const answer = await coordinator.ask('/v1/reports', { headers, body: '{"not json' });
      expect(answer).toMatchObject({ status: 401, body: { code: 'credential-unknown' } });
    }
  });

  it('accepts cluster facts from a control plane, and not from a worker', async () => {
    const real = cluster(coordinator.caPem, { nodes: [{ name: 'stray', ready: true, version: 'v1.23.0' }] });
    await worker.report({ cluster: real });
    const before = (await coordinator.operator('/v1/status')).body.cluster;
    expect(before).toMatchObject({ caSha256: null, unplannedNodes: [] });
    expect((await master.report({ cluster: { ...real, caSha256: 'a'.repeat(64) } })).status).toBe(422);
    await master.report({ cluster: real });
    const after = (await coordinator.operator('/v1/status')).body.cluster;
    expect(after).toMatchObject({ caSha256: real.caSha256, unplannedNodes: [{ name: 'stray' }] });
    expect((await worker.target()).body.assignment.cluster).toEqual({ caPem: real.caPem, caSha256: real.caSha256 });
  });

  it('stores every one of many simultaneous reports', async () => {
    const after = (await lines()).at(-1).seq;
    const numbers = Array.from({ length: 100 }, (_, index) => String(index));
    const answers = await Promise.all(
      numbers.map((text) => worker.report({ output: [{ at: new Date().toISOString(), step: 'images', text }] })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    const stored = (await lines(after)).map(({ text }: { text: string }) => text);
    expect(stored.sort()).toEqual(numbers.sort());
  });

  it('lets a worker that reports changes without end wake the others for some of them only', async () => {
    const store = openStore(':memory:');
    const news = createNews();
    let woken = 0;
    news.on('targets', () => (woken += 1));
    store.transaction(() => {
      for (const name of ['master01', 'node01'])
        store.hosts.enrol({ name, credentialSha256: name, now: 0, agentVersion: '0', bootId: 'b', machineId: null });
    });
    const { receive } = createReports({
      ...{ store, news, plan, now: () => new Date(0), commit: createGroupCommit(store.transaction) },
      fleet: { saw: () => undefined, obstacle: () => null },
    });
    const flip = async (name: string) => {
      woken = 0;
      for (let count = 0; count < 100; count += 1)
        await receive(name, { host: name, bootId: 'b', sentAt: '1970-01-01T00:00:00Z', agentVersion: `0.0.${count}` });
      return woken;
    };
    expect(await flip('node01')).toBe(30);
    expect(await flip('master01')).toBe(100);
  });

  it('stores the events of a host', async () => {
    await worker.report({ node: node('node01'), steps: allDone('join') });
    const { body } = await coordinator.operator('/v1/events');
    const kinds = body
      .filter((event: { host: string }) => event.host === 'node01')
      .map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['token-created', 'host-enrolled', 'first-report', 'host-ready']);
    expect((await host('node01')).phase).toBe('ready');
  });
});

it('answers unknown routes with a problem', async () => {
  expect(await coordinator.operator('/v1/nothing')).toMatchObject({ status: 404, body: { code: 'not-found' } });
  expect(await coordinator.ask('/v1/nothing', { method: 'DELETE' })).toMatchObject({
    status: 404,
    body: { code: 'not-found' },
  });
});
