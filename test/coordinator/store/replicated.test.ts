import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { localTables, type ReplicatedTable, replicatedTables } from '../../../coordinator/store/replicated-tables.ts';
import { migrate } from '../../../coordinator/store/schema.ts';
import { openStore, type Store } from '../../../coordinator/store/store.ts';

const now = 1_700_000_000_000;
const most = 1000;
const host = (name: string, more = {}) => ({
  ...{ name, credentialSha256: `hash of ${name}`, agentVersion: '0.1.0', bootId: 'b', machineId: 'm', now },
  ...more,
});

let active: Store;
let standby: Store;
beforeEach(() => {
  active = openStore(':memory:');
  standby = openStore(':memory:');
  active.replicated.record();
});
afterEach(() => {
  active.close();
  standby.close();
});

/** Moves what was recorded to the standby. */
function travel(): number {
  const pending = active.replicated.pending(most);
  const changes = pending.map(({ change }) => change);
  active.replicated.forget(pending.at(-1)?.id ?? 0);
  standby.transaction(() => standby.replicated.apply(JSON.parse(JSON.stringify(changes))));
  return changes.length;
}

const shared = (store: Store) => new Set(store.replicated.all().map((change) => JSON.stringify(change)));

test('every table and column is shared or local by decision', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).all();
  const decided = [...Object.keys(replicatedTables), ...localTables];
  expect(tables.map(({ name }) => name).sort()).toEqual(decided.sort());
  const own: Record<string, string[]> = { hosts: ['last_report_at', 'clock_skew_ms'] };
  for (const [name, table] of Object.entries<ReplicatedTable>(replicatedTables)) {
    const columns = db.prepare(`SELECT name FROM pragma_table_info('${name}')`).all();
    const known = [...table.key, ...table.columns, ...(table.initial ?? []), ...(own[name] ?? [])];
    expect(columns.map((column) => String(column.name)).sort()).toEqual(known.sort());
  }
});

describe('recorded changes', () => {
  test('give the other coordinator the same shared state', () => {
    active.transaction(() => {
      active.hosts.enrol(host('node01'));
      active.tokens.create('t', 'node01', now, now + 1);
      active.tokens.use('t', { host: 'node01', credentialSha256: 'x' }, now);
      active.settings.set('metrics-token-sha256', 'hash');
      active.intents.set({ host: 'node01', kind: 'paused', reason: 'disk', by: 'root', at: now });
      active.rememberedHosts.remember({ name: 'node01' } as never);
    });
    travel();
    active.transaction(() => {
      active.hosts.offer('node01', 'next');
      active.hosts.promote('node01', now + 5);
      active.intents.clear('node01');
      active.tokens.revoke('t'.slice(0, 16));
    });
    travel();
    expect(shared(standby)).toEqual(shared(active));
    expect(standby.hosts.named('next')).toBe('node01');
    expect(standby.intents.get('node01')).toBeUndefined();
  });

  test('are undone with their transaction', () => {
    const failing = () =>
      active.transaction(() => {
        active.hosts.enrol(host('node01'));
        throw new Error('undone');
      });
    expect(failing).toThrow('undone');
    expect(active.replicated.pending(most)).toEqual([]);
  });

  test('do not contain what each coordinator has for itself', () => {
    active.transaction(() => active.hosts.enrol(host('node01')));
    travel();
    active.transaction(() => {
      active.hosts.touch('node01', now + 1000);
      active.hosts.reported('node01', { at: now + 1000, clockSkewMs: 3, agentVersion: '0.2.0', bootId: 'c' });
      active.events.add(now, 'kind', 'node01', 'text');
    });
    active.tryWrite();
    expect(travel()).toBe(0);
  });

  test('of a host that enrolled again take what depended on the earlier one with them', () => {
    active.transaction(() => active.hosts.enrol(host('node01')));
    travel();
    standby.transaction(() => standby.observations.put('node01', 'node', null, now));
    active.transaction(() => active.hosts.enrol(host('node01', { credentialSha256: 'new', now: now + 1 })));
    travel();
    expect(standby.observations.get('node01', 'node')).toBeUndefined();
    expect(standby.hosts.named('new')).toBe('node01');
  });

  test('are none before the start and after the end', () => {
    active.replicated.stop();
    active.transaction(() => active.hosts.enrol(host('node01')));
    expect(active.replicated.pending(most)).toEqual([]);
    active.replicated.record();
    active.transaction(() => active.hosts.remove('node01'));
    expect(active.replicated.pending(most)).toHaveLength(1);
  });
});

describe('a whole state', () => {
  test('replaces the other coordinator’s, also rows that it has alone', () => {
    active.transaction(() => {
      active.hosts.enrol(host('node01'));
      active.hosts.enrol(host('node02'));
      active.tokens.create('t', null, now, now + 1);
      active.tokens.use('t', { host: 'node02', credentialSha256: 'x' }, now);
    });
    standby.transaction(() => {
      standby.hosts.enrol(host('stranger', { credentialSha256: 'hash of node01' }));
      standby.hosts.enrol(host('node02', { now: now - 7 }));
      standby.observations.put('node02', 'node', null, now);
      standby.settings.set('recovery', 'old');
    });
    standby.transaction(() => standby.replicated.replace(active.replicated.all()));
    expect(shared(standby)).toEqual(shared(active));
    expect(standby.observations.get('node02', 'node')).toBeUndefined();
  });

  test('keeps what the coordinator observed of the same hosts', () => {
    active.transaction(() => active.hosts.enrol(host('node01')));
    travel();
    standby.transaction(() => {
      standby.observations.put('node01', 'node', null, now);
      standby.hosts.touch('node01', now + 9);
      standby.replicated.replace(active.replicated.all());
    });
    expect(standby.observations.get('node01', 'node')).toBeDefined();
    expect(standby.hosts.get('node01')?.lastContactAt).toBe(now + 9);
  });
});

test('a state that lacks roles and members replaces those that were read before', () => {
  standby.transaction(() => {
    standby.cluster.setRoles({ node01: { role: 'worker', isHeld: false } });
    standby.cluster.setMembers(['master01']);
  });
  const { roles, cluster } = standby.marks;
  const before = [roles(), cluster()];
  expect([Object.keys(standby.cluster.roles()), standby.cluster.members()]).toEqual([['node01'], ['master01']]);
  standby.transaction(() => standby.replicated.replace(active.replicated.all()));
  expect([standby.cluster.roles(), standby.cluster.members()]).toEqual([{}, []]);
  expect([roles(), cluster()].map((mark, index) => mark !== before[index])).toEqual([true, true]);
});
