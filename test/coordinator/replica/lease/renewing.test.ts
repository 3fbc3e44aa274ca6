import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { leasePath } from '../../../../shared/kube/coordinator-objects.ts';
import { dies, enrolled, useBench } from '../bench.ts';
import { type One, until } from '../coordinators.ts';

const bench = useBench();

describe('a takeover that reads the state for longer than the Lease lasts', () => {
  /** Two standbys of a dead one, and a log of nine pages; a page takes 400 ms, and the Lease lasts 3 s. */
  async function slowly(): Promise<[One, One]> {
    const [first, second] = await bench.two();
    const third = bench.one('master03');
    await third.start();
    await until(() => enrolled(third).includes('node01'), 'the state has travelled');
    longLog();
    dies(first);
    bench.api.control.pageMs = 400;
    return [second, third];
  }
  /** Adds records that say nothing new. */
  function longLog(): void {
    const key = [...bench.api.objects.keys()].find((name) => name.includes('/snapshot-')) ?? '';
    const record = bench.api.objects.get(key);
    for (let part = 0; part < 16; part += 1) {
      const name = `snapshot-000000000000-${String(part).padStart(4, '0')}`;
      const spec = { ...record?.spec, sequence: 0, writer: 'an earlier one' };
      if (record) bench.api.objects.set(key.replace(/[^/]+$/, name), { ...record, metadata: { name }, spec });
    }
  }

  test('renews the Lease meanwhile: no other one takes it', async () => {
    const both = await slowly();
    const before = bench.api.transitions();
    await until(() => both.some((some) => some.standing.state() === 'active'), 'active', 25_000);
    expect(bench.api.transitions()).toBe(before + 1);
    expect(both.map((some) => some.standing.state()).sort()).toEqual(['active', 'standby']);
  });

  test('ends the takeover once another one holds the Lease: nothing of it is written', async () => {
    const both = await slowly();
    await until(() => bench.api.holder() !== '' && !bench.api.holder().startsWith('master01'), 'one takes the Lease');
    const lease = bench.api.objects.get(leasePath);
    const [holder] = bench.api.holder().split('/');
    const taken = { ...lease?.spec, holderIdentity: 'master09/another' };
    bench.api.objects.set(leasePath, {
      ...lease,
      metadata: { name: 'muster-coordinator', resourceVersion: '999' },
      spec: taken,
    });
    // As long as reading the whole log takes, and writing to it after that.
    await sleep(12 * bench.api.control.pageMs);
    const ended = both.find((some) => some.replica.host() === holder);
    expect(ended?.standing.mayAct()).toBe(false);
    expect(bench.api.records().filter((name) => name?.startsWith('change-'))).toEqual([]);
  });
});
