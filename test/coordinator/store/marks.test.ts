import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore, type Store } from '../../../coordinator/store/store.ts';
import { node } from '../support.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
  enrol('node01');
});
afterEach(() => store.close());

const enrol = (name: string) =>
  store.hosts.enrol({ name, credentialSha256: name, agentVersion: '1.0.0', bootId: 'b', machineId: null, now: 1 });
const report = (agentVersion: string) =>
  store.hosts.reported('node01', { at: 2, clockSkewMs: 0, agentVersion, bootId: 'b' });

it('stay the same while nothing of theirs changes', () => {
  const { updates, cluster } = store.marks;
  const before = [updates(), cluster()];
  report('1.0.0');
  store.observations.put('node01', 'node', node('node01'), 3);
  store.hosts.touch('node01', 9);
  expect([updates(), cluster()]).toEqual(before);
});

it('rise with what they stand for, and with nothing else', () => {
  const { updates, cluster } = store.marks;
  const rising = (change: () => void) => {
    const before = { updates: updates(), cluster: cluster() };
    change();
    const after = { updates: updates(), cluster: cluster() };
    return (Object.keys(before) as (keyof typeof before)[]).filter((name) => before[name] !== after[name]);
  };
  expect(rising(() => report('1.0.1'))).toEqual(['updates']);
  expect(rising(() => store.observations.put('node01', 'update', null, 3))).toEqual(['updates']);
  expect(rising(() => store.observations.put('node01', 'cluster', null, 3))).toEqual(['cluster']);
  expect(rising(() => store.cluster.set({ caPem: 'pem', caSha256: 'a' }))).toEqual(['cluster']);
  expect(rising(() => enrol('node02'))).toEqual(['updates']);
});

it('values that are kept in memory follow the database, also when a transaction is undone', () => {
  const ready = () => store.observations.ofKind('node').get('node01')?.value?.ready;
  store.observations.put('node01', 'node', node('node01'), 1);
  expect(ready()).toBe(true);
  expect(() =>
    store.transaction(() => {
      store.observations.put('node01', 'node', node('node01', { ready: false }), 2);
      expect(ready()).toBe(false);
      throw new Error('undo');
    }),
  ).toThrow('undo');
  expect(ready()).toBe(true);
  store.hosts.remove('node01');
  expect(ready()).toBeUndefined();
});
