import { describe, expect, test } from 'vitest';
import { createJoins } from '../../../coordinator/joining/joins.ts';
import { plan } from '../plans.ts';
import { cluster, node } from '../support.ts';
import { dies, enrol, enrolled, is, useBench } from './bench.ts';
import { breakDatabase, breakFiles, host, timing, until } from './coordinators.ts';

const bench = useBench();

describe('a takeover', () => {
  test('follows the death of the active one, with all that was acknowledged and a higher revision', async () => {
    const [first, second] = await bench.two();
    enrol(first, 'node02');
    await first.replica.acknowledged();
    const before = first.store.revision.current();
    dies(first);
    await is(second, 'active');
    expect(enrolled(second)).toEqual(['node01', 'node02']);
    expect(second.store.revision.current()).toBeGreaterThan(before);
    expect(second.store.events.newest(1)[0]?.kind).toBe('coordinator-active');
  });

  test('is immediate when the active one stops', async () => {
    const [first, second] = await bench.two();
    await first.replica.stop();
    await until(() => second.standing.state() === 'active', 'active', timing.duration - 100);
  });

  test('is immediate when the machine of the active one is to leave; that one follows', async () => {
    const [first, second] = await bench.two();
    enrol(first, 'node02');
    for (const who of [first, second]) who.state.leaving = ['master01'];
    await until(() => second.standing.state() === 'active', 'active', timing.duration - 100);
    enrol(second, 'node03');
    await until(() => enrolled(first).includes('node03'), 'followed');
    expect([first.standing.state(), enrolled(second)]).toEqual(['standby', ['node01', 'node02', 'node03']]);
  });

  test('by the one whose machine is to leave happens only if there is no other', async () => {
    const [first, second] = await bench.two();
    await bench.end(second);
    first.state.leaving = ['master01'];
    await is(first, 'standby');
    await until(() => bench.api.holder() === '', 'released');
    await is(first, 'active');
    const terms = bench.api.transitions();
    await bench.leaseReads(8);
    expect([first.standing.state(), bench.api.transitions()]).toEqual(['active', terms]);
  });

  test('happens once with two standbys', async () => {
    const [first, second] = await bench.two();
    const third = bench.one('master03');
    await third.start();
    dies(first);
    await until(() => [second, third].some((some) => some.standing.state() === 'active'), 'active');
    await bench.leaseReads(8);
    expect([second, third].map((some) => some.standing.state()).sort()).toEqual(['active', 'standby']);
  });

  test.each([
    ['database', breakDatabase],
    ['files', breakFiles],
  ])('that fails because of a coordinator’s own %s leaves the Lease to another one', async (_, spoil) => {
    const [first, second] = await bench.two();
    spoil(second);
    dies(first);
    await until(() => bench.api.holder() === '', 'tried and released');
    const third = bench.one('master03');
    await third.start();
    await is(third, 'active');
    expect([second.standing.state(), enrolled(third)]).toEqual(['standby', ['node01']]);
  });

  test('that failed is tried again if there is no other coordinator', async () => {
    const [first, second] = await bench.two();
    const repair = breakDatabase(second);
    dies(first);
    await until(() => bench.api.holder() === '', 'tried and released');
    repair();
    await is(second, 'active');
    expect(enrolled(second)).toEqual(['node01']);
  });

  test('by one that was active before does not repeat the joins of that time, which may have ended since', async () => {
    const [first, second] = await bench.two();
    const joins = createJoins({
      ...{ store: first.store, news: first.news, plan, now: () => new Date() },
      cluster: () => ({ dutyHost: 'master01', facts: cluster(bench.api.caPem) }),
      ...{ goalOf: () => ({}), lastContact: () => Date.now() },
    });
    first.news.on('active', joins.restart);
    const asking = joins.request('node02', { recipient: null, waitMs: 25_000 }, new AbortController().signal);
    const answered = expect(asking).rejects.toMatchObject({ code: 'join-not-yet' });
    await until(() => joins.mints().length === 1, 'admitted');
    first.state.leaving = ['master01'];
    await is(second, 'active');
    first.state.leaving = [];
    await second.replica.stop();
    await is(first, 'active');
    expect(joins.mints()).toEqual([]);
    await answered;
  });

  test('by one that was active before takes what hosts report again for new, as they may have joined again since', async () => {
    const [first, second] = await bench.two();
    const { observations } = second.store;
    const reported = (at: number) => observations.put('node01', 'node', node('node01'), at);
    const before = Date.now() - 60_000;
    expect([reported(before), reported(before + 1)]).toEqual([true, false]);
    dies(first);
    await is(second, 'active');
    const after = Date.now() + 1000;
    expect([reported(after), reported(after + 1)]).toEqual([true, false]);
    expect(observations.get('node01', 'node')?.changedAt).toBe(after);
  });

  test('leaves the earlier one unable to write or to act, and it follows later', async () => {
    const [first, second] = await bench.two();
    // It gives up the Lease, and then neither renews nor reads it.
    await first.replica.stop();
    first.store.transaction(() => first.store.hosts.enrol(host('never')));
    await is(second, 'active');
    expect(first.standing.mayAct()).toBe(false);
    await expect(first.replica.acknowledged()).rejects.toMatchObject({ code: 'not-active' });
    await first.start();
    await until(() => !enrolled(first).includes('never'), 'it has the state of the active one');
    expect(first.standing.active()).toBe('https://master02:7443');
  });
});
