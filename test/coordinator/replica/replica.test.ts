import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { enrol, enrolled, is, useBench } from './bench.ts';
import { founder, until } from './coordinators.ts';

const bench = useBench();

describe('with one control plane', () => {
  test('nothing is shared: no request, no record, no acknowledgement to wait for', async () => {
    const first = bench.one('master01');
    founder(bench.api, first);
    first.state.controlPlanes = ['master01'];
    await first.start();
    await sleep(120);
    enrol(first, 'node02');
    await first.replica.acknowledged();
    expect([bench.api.requests, first.standing.state(), first.store.replicated.pending(9)]).toEqual([[], 'alone', []]);
    expect(first.replica.host()).toBe('master01');
  });
});

describe('a change on the active coordinator', () => {
  test('is in the API when it is acknowledged, and on the standby soon after', async () => {
    const [first, second] = await bench.two();
    enrol(first, 'node02');
    await first.replica.acknowledged();
    expect(bench.api.records()).toContain('change-000000000002');
    await until(() => enrolled(second).includes('node02'), 'on the standby');
    expect(second.store.revision.current()).toBe(first.store.revision.current());
    expect(second.store.replicated.pending(9)).toEqual([]);
  });

  test('is written once, even if the answer is lost', async () => {
    const [first, second] = await bench.two();
    enrol(first, 'node02');
    bench.api.control.mode = 'lost';
    const acknowledged = first.replica.acknowledged();
    await until(() => bench.api.records().includes('change-000000000002'), 'written');
    bench.api.control.mode = 'up';
    await acknowledged;
    enrol(first, 'node03');
    await first.replica.acknowledged();
    await until(() => enrolled(second).length === 3, 'on the standby');
    expect(bench.api.records()).toEqual(['snapshot-000000000001-0000', 'change-000000000002', 'change-000000000003']);
    expect(first.standing.state()).toBe('active');
  });

  test('is not acknowledged while the API is away', async () => {
    const [first] = await bench.two();
    bench.api.control.mode = 'down';
    enrol(first, 'node02');
    await expect(first.replica.acknowledged()).rejects.toMatchObject({ code: 'no-active' });
  });

  test('is not acknowledged if it was dropped when the same coordinator took over again', async () => {
    const [first, second] = await bench.two();
    await bench.end(second);
    bench.api.control.mode = 'hang';
    const names = ['node02', 'node03'];
    const answers = names.map((name) => {
      enrol(first, name);
      return first.replica.acknowledged();
    });
    const settled = Promise.allSettled(answers);
    await until(() => first.standing.state() !== 'active', 'lost');
    bench.api.control.mode = 'up';
    await is(first, 'active');
    const isKept = (name: string) => enrolled(first).includes(name);
    const said = (await settled).map(({ status }) => status === 'fulfilled');
    expect(names.filter((name, index) => said[index] && !isKept(name))).toEqual([]);
  });

  test('is not acknowledged if the API server refuses it', async () => {
    const [first] = await bench.two();
    enrol(first, 'node02');
    bench.api.control.refuse = { status: 403, body: { kind: 'Status', message: 'forbidden' } };
    await expect(first.replica.acknowledged()).rejects.toMatchObject({ code: 'no-active' });
    bench.api.control.refuse = null;
  });

  test('replaces old records by a snapshot after some time, which a new standby reads, also in expiring pages', async () => {
    const [first, second] = await bench.two();
    for (let count = 2; count < 15; count += 1) {
      enrol(first, `node${String(count).padStart(2, '0')}`);
      await first.replica.acknowledged();
    }
    // A snapshot after each five changes, and three changes after the second one: two pages.
    expect(bench.api.records()).toHaveLength(4);
    await second.replica.stop();
    bench.api.control.expireNextPage = true;
    const third = bench.one('master03');
    await third.start();
    await until(() => enrolled(third).length === 14, 'read');
    expect(bench.api.control.expireNextPage).toBe(false);
  });
});

describe('without the API', () => {
  test('the active one is cut off: it acts no more, and acts again when the API is back', async () => {
    const [first, second] = await bench.two();
    bench.api.control.mode = 'hang';
    await is(first, 'cut-off');
    expect(() => first.standing.refuse('active')).toThrow();
    expect(() => first.standing.refuse('any')).not.toThrow();
    expect(first.standing.notices()).toMatchObject([{ code: 'api-away' }]);
    enrol(first, 'never');
    const shown = 5_000_000;
    first.store.transaction(() => first.store.revision.confirm({ seen: shown }));
    await second.replica.stop();
    bench.api.control.mode = 'up';
    await is(first, 'active');
    expect(first.store.revision.current()).toBeGreaterThan(shown + 1_000_000);
    await until(
      () => [first, second].every((some) => !enrolled(some).includes('never')),
      'nothing unacknowledged survives',
    );
  });

  test('a restarted coordinator does not act on its own database', async () => {
    const [first] = await bench.two();
    await bench.end(first, { keep: true });
    bench.api.control.mode = 'down';
    const again = bench.one('master01', first.folder);
    await again.start();
    expect(again.standing.mayAct()).toBe(false);
    await is(again, 'cut-off');
  });
});

test('an agent that has seen a newer revision makes the active one step down and take over again', async () => {
  const [first] = await bench.two();
  const before = first.store.revision.current();
  first.replica.superseded();
  expect(first.standing.mayAct()).toBe(false);
  await is(first, 'active');
  expect(first.store.revision.current()).toBeGreaterThan(before);
});
