import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRefusals } from '../../../../coordinator/api/http/refusals.ts';
import { openStore, type Store } from '../../../../coordinator/store/store.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

const refusal = (remote: string) => ({
  ...{ actor: 'anyone', remote, action: 'signIn', subject: '', status: 403, outcome: 'refused' },
});
const setUp = () => createRefusals({ store, now: () => new Date('2026-01-01T00:00:00Z') });
const entries = () => store.audit.newest(0, 1000);

it('writes the first refusals at once, and counts the rest', () => {
  const refusals = setUp();
  for (let i = 0; i < 1000; i += 1) refusals.note(refusal('10.0.0.1'));
  expect(entries()).toHaveLength(30);
  refusals.flush();
  expect(entries()).toHaveLength(31);
  expect(entries().at(-1)).toMatchObject({ remote: '10.0.0.1', count: 970 });
  refusals.flush();
  expect(entries()).toHaveLength(31);
});

it('keeps few entries however many addresses ask', () => {
  const refusals = setUp();
  for (let i = 0; i < 5000; i += 1) refusals.note(refusal(`10.0.${i >> 8}.${i & 255}`));
  refusals.flush();
  expect(entries().length).toBeLessThan(250);
  expect(entries().reduce((sum, { count }) => sum + count, 0)).toBe(5000);
});

it('never pushes out entries of identified callers', () => {
  store.audit.add(1, { ...refusal(''), actor: 'socket', action: 'createToken' });
  for (let i = 0; i < 20; i += 1) store.audit.add(2, refusal('10.0.0.1'));
  store.audit.prune({ known: 5, strangers: 10 });
  expect(entries()).toHaveLength(11);
  expect(entries()[0]).toMatchObject({ action: 'createToken' });
});
