import { describe, expect, test } from 'vitest';
import { enrol, enrolled, is, useBench } from './bench.ts';
import { founder, until } from './coordinators.ts';

const bench = useBench();

describe('the hand-over', () => {
  test('moves the state once the plan names several control planes, and back', async () => {
    const first = bench.one('master01');
    founder(bench.api, first);
    first.state.controlPlanes = ['master01'];
    await first.start();
    first.state.controlPlanes = ['master01', 'master02', 'master03'];
    await is(first, 'active');
    expect(first.store.events.newest(9).map(({ kind }) => kind)).toEqual(['state-moved']);
    expect(bench.api.records()).toEqual(['snapshot-000000000001-0000']);
    first.state.controlPlanes = ['master01'];
    await is(first, 'alone');
    await until(() => bench.api.holder() === '', 'released');
    expect(bench.api.records()).toEqual([]);
    expect(first.store.events.newest(9).map(({ kind }) => kind)).toEqual(['state-moved', 'state-moved-back']);
    enrol(first, 'node02');
    await first.replica.acknowledged();
  });

  test('back removes the log until nothing is left, and what is left is never taken for a state', async () => {
    const [first, second] = await bench.two();
    await bench.end(second);
    enrol(first, 'node02');
    await first.replica.acknowledged();
    bench.api.control.removals = 1;
    first.state.controlPlanes = ['master01'];
    await is(first, 'alone');
    await until(() => bench.api.records().length === 1, 'interrupted');
    expect(bench.api.records()).toEqual(['change-000000000002']);
    await bench.end(first, { keep: true });
    const again = bench.one('master01', first.folder);
    again.state.controlPlanes = ['master01'];
    await again.start();
    expect(again.standing.state()).toBe('alone');
    enrol(again, 'node03');
    bench.api.control.removals = Number.POSITIVE_INFINITY;
    await until(() => bench.api.records().length === 0 && bench.api.holder() === '', 'removed');
    again.state.controlPlanes = ['master01', 'master02', 'master03'];
    await is(again, 'active');
    expect(enrolled(again)).toEqual(['node01', 'node02', 'node03']);
  });

  test('replaces a log that is older than the database of the only coordinator', async () => {
    const first = bench.one('master01');
    founder(bench.api, first);
    await first.start();
    await is(first, 'active');
    enrol(first, 'node02');
    await first.replica.acknowledged();
    const left = new Map(bench.api.objects);
    first.state.controlPlanes = ['master01'];
    await until(() => bench.api.holder() === '', 'released');
    enrol(first, 'node03');
    for (const [key, value] of left) if (!key.includes('/leases/')) bench.api.objects.set(key, value);
    first.state.controlPlanes = ['master01', 'master02', 'master03'];
    await is(first, 'active');
    expect(enrolled(first)).toEqual(['node01', 'node02', 'node03']);
    expect(bench.api.records()).toEqual(['snapshot-000000000001-0000']);
  });

  test('never starts from a coordinator that does not know this cluster', async () => {
    const second = bench.one('master02');
    await second.start();
    await bench.leaseReads(4);
    expect([second.standing.state(), bench.api.records()]).toEqual(['standby', []]);
    expect(() => second.standing.refuse('any')).toThrow();
  });

  test('is repeated from the database if the API server lost newer records, such as after its restore', async () => {
    const [first, second] = await bench.two();
    const before = new Map(bench.api.objects);
    for (const name of ['node02', 'node03']) {
      enrol(first, name);
      await first.replica.acknowledged();
    }
    await bench.end(first, { keep: true });
    bench.api.objects.clear();
    for (const [key, value] of before) bench.api.objects.set(key, value);
    const again = bench.one('master01', first.folder);
    await second.replica.stop();
    await again.start();
    await is(again, 'active');
    expect(enrolled(again)).toEqual(['node01', 'node02', 'node03']);
  });
});
