import { beforeEach, describe, expect, test } from 'vitest';
import { recoveryOrder, setRecoveryOrder } from '../../../coordinator/plan/recovery-order.ts';
import { dies, is, useBench } from './bench.ts';
import { founder, type One, until } from './coordinators.ts';

const bench = useBench();
let first: One;
let second: One;
beforeEach(async () => {
  [first, second] = [bench.one('master01'), bench.one('master02')];
  founder(bench.api, first);
  first.store.transaction(() => first.store.cluster.setMembers(['master01', 'master02', 'master03']));
  await first.start();
  await second.start();
  await is(first, 'active');
  await until(() => membersOf(second).length === 3, 'the state has travelled');
});

const membersOf = ({ store }: One) => store.cluster.members();
const order = { id: '20261130T010000Z', host: 'master02', from: 'member' as const, isApplied: false };

/** As a coordinator that is cut off does with an operator's order, and with the report that it is done. */
function ordered({ store }: One): void {
  store.transaction(() => {
    setRecoveryOrder(store, { ...order, isDone: true, open: ['master03'] });
    store.cluster.setMembers(['master02']);
  });
}

async function cutOff(who: One): Promise<void> {
  bench.api.control.mode = 'down';
  await is(who, 'cut-off');
}

describe('an order that was given without the API', () => {
  test('outlives the state that its coordinator takes over, and sets the members', async () => {
    await cutOff(second);
    ordered(second);
    dies(first);
    bench.api.control.mode = 'up';
    await is(second, 'active');
    expect(recoveryOrder(second.store)).toMatchObject({ isDone: true, isApplied: true, open: ['master03'] });
    expect(membersOf(second)).toEqual(['master02']);
  });

  test('reaches the active coordinator from a standby; members are set once', async () => {
    await cutOff(second);
    ordered(second);
    bench.api.control.mode = 'up';
    await until(() => recoveryOrder(first.store) !== null, 'the order has travelled');
    expect(membersOf(first)).toEqual(['master02']);
    first.store.transaction(() => first.store.cluster.setMembers(['master02', 'master01']));
    await first.replica.acknowledged();
    await until(() => membersOf(second).length === 2, 'the members have travelled');
    await bench.end(first, { keep: true });
    await is(second, 'active');
    expect(membersOf(second)).toEqual(['master02', 'master01']);
    expect(recoveryOrder(second.store)).toMatchObject({ isApplied: true });
  });

  test('gives way to a newer one', async () => {
    first.store.transaction(() => setRecoveryOrder(first.store, { ...order, id: '20261130T020000Z', isDone: false }));
    await first.replica.acknowledged();
    await until(() => recoveryOrder(second.store) !== null, 'the order has travelled');
    await cutOff(second);
    ordered(second);
    bench.api.control.mode = 'up';
    await until(() => membersOf(second).length === 3, 'it follows again');
    expect(membersOf(first)).toHaveLength(3);
    for (const { store } of [first, second]) expect(recoveryOrder(store)?.id).toBe('20261130T020000Z');
  });
});
