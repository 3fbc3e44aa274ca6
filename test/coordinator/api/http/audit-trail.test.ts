import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAuditTrail } from '../../../../coordinator/api/http/audit-trail.ts';
import { openStore, type Store } from '../../../../coordinator/store/store.ts';

let store: Store;
beforeEach(() => {
  store = openStore(':memory:');
});
afterEach(() => store.close());

const entry = (actor: string, remote = '10.0.0.1', status = 403) => ({
  ...{ actor, remote, action: 'signIn', subject: '', status, outcome: status < 400 ? 'ok' : 'refused' },
});
const refusal = (remote: string) => entry('anyone', remote);
const setUp = () => createAuditTrail({ store, now: () => new Date('2026-01-01T00:00:00Z') });
const entries = () => store.audit.newest(0, 10_000);

it.each([
  'anyone',
  'host node01',
  'viewer',
])('writes the first refusals of %s at once, and counts the rest', (actor) => {
  const trail = setUp();
  for (let i = 0; i < 1000; i += 1) trail.note(entry(actor));
  expect(entries()).toHaveLength(30);
  trail.flush();
  expect(entries()).toHaveLength(31);
  expect(entries().at(-1)).toMatchObject({ actor, remote: '10.0.0.1', count: 970 });
  trail.flush();
  expect(entries()).toHaveLength(31);
});

it('counts what a host does successfully, too, and each host separately', () => {
  const trail = setUp();
  for (let i = 0; i < 100; i += 1) trail.note(entry('host node01', '10.0.0.1', 200));
  trail.note(entry('host node02', '10.0.0.1', 200));
  expect(entries()).toHaveLength(31);
  expect(entries().at(-1)).toMatchObject({ actor: 'host node02' });
});

it('writes everything that operators do, and every sign-in, at once', () => {
  const trail = setUp();
  for (let i = 0; i < 100; i += 1) trail.note(refusal('10.0.0.1'));
  for (const actor of ['operator', 'socket', 'socket jane']) for (let i = 0; i < 50; i += 1) trail.note(entry(actor));
  trail.note(entry('anyone', '10.0.0.2', 303));
  expect(entries()).toHaveLength(30 + 150 + 1);
});

it('keeps few entries however many addresses ask', () => {
  const trail = setUp();
  for (let i = 0; i < 5000; i += 1) trail.note(refusal(`10.0.${i >> 8}.${i & 255}`));
  trail.flush();
  expect(entries().length).toBeLessThan(250);
  expect(entries().reduce((sum, { count }) => sum + count, 0)).toBe(5000);
});

it('refused requests of strangers, and those of hosts, push out none of the others', () => {
  store.audit.add(1, { ...entry('anyone', '10.0.0.2', 200), action: 'enrolHost' });
  const operators = ['socket', 'socket jane', 'operator'];
  for (const actor of [...operators, 'host node01', 'viewer']) store.audit.add(1, entry(actor));
  for (const actor of ['anyone', 'host node02']) for (let i = 0; i < 20; i += 1) store.audit.add(2, entry(actor));
  store.audit.prune({ operators: 5, hosts: 15, strangers: 10 });
  const count = (name: string) => entries().filter(({ actor }) => actor === name).length;
  expect([count('anyone'), count('host node02'), count('host node01')]).toEqual([11, 15, 0]);
  expect(entries().filter(({ actor }) => operators.includes(actor))).toHaveLength(3);
});
