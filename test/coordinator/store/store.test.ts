import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../../coordinator/store/group-commit.ts';
import { openStore, type Store } from '../../../coordinator/store/store.ts';
import { node, removeFolder, tempFolder } from '../support.ts';

let folder: string;
let store: Store;
beforeEach(() => {
  folder = tempFolder();
  store = openStore(join(folder, 'muster.db'));
});
afterEach(() => {
  store.close();
  removeFolder(folder);
});

const enrol = (name: string, credentialSha256: string) =>
  store.transaction(() =>
    store.hosts.enrol({ name, credentialSha256, agentVersion: '', bootId: '', machineId: null, now: 1 }),
  );

describe('the store', () => {
  it('rolls back a transaction that fails', () => {
    const failing = () =>
      store.transaction(() => {
        store.events.add(1, 'x', null, 'x');
        throw new Error('no');
      });
    expect(failing).toThrow('no');
    expect(store.events.newest(10)).toEqual([]);
    store.transaction(() => store.events.add(1, 'x', null, 'x'));
    expect(store.events.newest(10)).toHaveLength(1);
  });

  it('uses a write-ahead log', () => {
    const db = new DatabaseSync(join(folder, 'muster.db'));
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();
  });

  it('refuses a database written by a later version', () => {
    const db = new DatabaseSync(join(folder, 'muster.db'));
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => openStore(join(folder, 'muster.db'))).toThrow('schema 99');
  });

  it('reports whether an observation is new, and keeps the time of its change', () => {
    enrol('node01', 'a');
    expect(store.observations.put('node01', 'node', node('node01'), 10)).toBe(true);
    expect(store.observations.put('node01', 'node', node('node01'), 20)).toBe(false);
    expect(store.observations.get('node01', 'node')).toEqual({ value: node('node01'), changedAt: 10 });
  });

  it('deletes what a replaced host reported', () => {
    enrol('node01', 'a');
    store.observations.put('node01', 'node', node('node01'), 10);
    enrol('node01', 'b');
    expect(store.observations.get('node01', 'node')).toBeUndefined();
    expect([store.hosts.named('a'), store.hosts.named('b')]).toEqual([undefined, 'node01']);
  });

  it('keeps the newest lines of each host, about 5,000', () => {
    const lines = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => ({ at: '', step: 's', text: String(from + index) }));
    store.transaction(() => {
      store.output.append('other', lines(0, 3));
      for (let from = 0; from < 7000; from += 500) store.output.append('node01', lines(from, 500));
    });
    const kept: string[] = [];
    for (let seq = 0; ; ) {
      const page = store.output.after('node01', seq).lines;
      if (page.length === 0) break;
      kept.push(...page.map(({ text }) => text));
      seq = page.at(-1)?.seq ?? 0;
    }
    expect(kept).toHaveLength(5000);
    expect(kept.at(-1)).toBe('6999');
    expect(store.output.after('other', 0).lines).toHaveLength(3);
  });
});

describe('the group commit', () => {
  const event = (text: string) => () => store.events.add(1, 'x', null, text);
  const texts = () => store.events.newest(100).map(({ message }) => message);

  it('commits what arrives in one turn in one transaction', async () => {
    let transactions = 0;
    const commit = createGroupCommit((work) => {
      transactions += 1;
      return store.transaction(work);
    });
    const results = await Promise.all(
      ['a', 'b', 'c'].map((text) =>
        commit.submit(() => {
          event(text)();
          return text;
        }),
      ),
    );
    expect(results).toEqual(['a', 'b', 'c']);
    expect(texts()).toEqual(['a', 'b', 'c']);
    expect(transactions).toBe(1);
  });

  it('includes what follows at once in the same transaction, up to a limit', async () => {
    let transactions = 0;
    const commit = createGroupCommit((work) => {
      transactions += 1;
      return store.transaction(work);
    });
    let last: Promise<unknown> = Promise.resolve();
    const end = performance.now() + 100;
    let pieces = 0;
    await new Promise<void>((resolve) => {
      function next() {
        last = commit.submit(event(String(pieces++)));
        if (performance.now() < end) setImmediate(next);
        else resolve();
      }
      next();
    });
    await last;
    expect(transactions).toBeGreaterThan(1);
    expect(transactions).toBeLessThan(pieces / 2);
  });

  it('continues in the next turn, so that timers have theirs, if the work takes long', async () => {
    let transactions = 0;
    const commit = createGroupCommit((work) => {
      transactions += 1;
      return store.transaction(work);
    });
    const slow = () => {
      const end = performance.now() + 15;
      while (performance.now() < end);
    };
    await Promise.all(Array.from({ length: 6 }, () => commit.submit(slow)));
    expect(transactions).toBeGreaterThanOrEqual(3);
  });

  it('stops waiting once it is half full, so that a fast machine rejects nothing', async () => {
    const commit = createGroupCommit(store.transaction, 10);
    const pieces: Promise<void>[] = [];
    while (pieces.length < 50) {
      pieces.push(commit.submit(event('piece')));
      await new Promise(setImmediate);
    }
    await Promise.all(pieces);
    expect(texts()).toHaveLength(50);
  });

  it('isolates a failing write from the others', async () => {
    const commit = createGroupCommit(store.transaction);
    const failing = () => {
      event('half')();
      throw new Error('no');
    };
    const settled = await Promise.allSettled([
      commit.submit(event('a')),
      commit.submit(failing),
      commit.submit(event('b')),
    ]);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(texts()).toEqual(['a', 'b']);
  });

  it('rejects writes beyond its capacity with 503 and Retry-After', async () => {
    const commit = createGroupCommit(store.transaction, 1);
    const first = commit.submit(event('a'));
    const rejected = await commit.submit(event('b')).catch((error) => error);
    expect(rejected).toMatchObject({ code: 'busy', status: 503, retryAfter: expect.any(Number) });
    await first;
    await commit.submit(event('c'));
    expect(texts()).toEqual(['a', 'c']);
  });
});
