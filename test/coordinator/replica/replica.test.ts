import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mostBytes } from '../../../coordinator/replica/files/files.ts';
import { pack, unpack } from '../../../coordinator/replica/packing.ts';
import { leasePath } from '../../../shared/kube/coordinator-objects.ts';
import { type Api, startApi } from './api-server.ts';
import { createOne, founder, host, type One, timing, until } from './coordinators.ts';

let api: Api;
let all: One[];
beforeEach(async () => {
  api = await startApi();
  all = [];
});
afterEach(async () => {
  api.control.mode = 'up';
  for (const one of all) await one.stop().catch(() => undefined);
  await api.close();
});

function one(name: string): One {
  const made = createOne(api, name);
  all.push(made);
  return made;
}

const is = (who: One, state: string) =>
  until(() => who.standing.state() === state, `${state}, not ${who.standing.state()}`);
const enrolled = (who: One) => who.store.hosts.all().map(({ name }) => name);
const enrol = (who: One, name: string) => who.store.transaction(() => who.store.hosts.enrol(host(name)));
/** Waits until the coordinators have asked that many more times for the Lease. */
async function leaseReads(count: number): Promise<void> {
  api.requests.length = 0;
  const reads = () => api.requests.filter((request) => request === `GET ${leasePath}`).length;
  await until(() => reads() >= count, 'the Lease is read');
}
/** As after a power failure: it does nothing any more and gives up nothing. */
function dies(who: One): void {
  rmSync(who.paths.kubeconfig);
  who.store.replicated.stop();
}

async function two(): Promise<[One, One]> {
  const [first, second] = [one('master01'), one('master02')];
  founder(api, first);
  await first.start();
  await second.start();
  await is(first, 'active');
  await is(second, 'standby');
  await until(() => enrolled(second).includes('node01'), 'the state has travelled');
  return [first, second];
}

describe('with one control plane', () => {
  test('nothing is shared: no request, no record, no acknowledgement to wait for', async () => {
    const first = one('master01');
    founder(api, first);
    first.state.controlPlanes = ['master01'];
    await first.start();
    await sleep(120);
    enrol(first, 'node02');
    await first.replica.acknowledged();
    expect([api.requests, first.standing.state(), first.store.replicated.pending(9)]).toEqual([[], 'alone', []]);
    expect(first.replica.host()).toBe('master01');
  });
});

describe('the hand-over', () => {
  test('moves the state once the plan names several control planes, and back', async () => {
    const first = one('master01');
    founder(api, first);
    first.state.controlPlanes = ['master01'];
    await first.start();
    first.state.controlPlanes = ['master01', 'master02', 'master03'];
    await is(first, 'active');
    expect(first.store.events.newest(9).map(({ kind }) => kind)).toEqual(['state-moved']);
    expect(api.records()).toEqual(['snapshot-000000000001-0000']);
    first.state.controlPlanes = ['master01'];
    await is(first, 'alone');
    await until(() => api.holder() === '', 'released');
    expect(api.records()).toEqual([]);
    expect(first.store.events.newest(9).map(({ kind }) => kind)).toEqual(['state-moved', 'state-moved-back']);
    enrol(first, 'node02');
    await first.replica.acknowledged();
  });

  test('back removes the log until nothing is left, and what is left is never taken for a state', async () => {
    const [first, second] = await two();
    all = all.filter((some) => some !== second);
    await second.stop();
    enrol(first, 'node02');
    await first.replica.acknowledged();
    api.control.removals = 1;
    first.state.controlPlanes = ['master01'];
    await is(first, 'alone');
    await until(() => api.records().length === 1, 'interrupted');
    expect(api.records()).toEqual(['change-000000000002']);
    await first.stop({ keep: true });
    all = all.filter((some) => some !== first);
    const again = createOne(api, 'master01', first.folder);
    all.push(again);
    again.state.controlPlanes = ['master01'];
    await again.start();
    expect(again.standing.state()).toBe('alone');
    enrol(again, 'node03');
    api.control.removals = Number.POSITIVE_INFINITY;
    await until(() => api.records().length === 0 && api.holder() === '', 'removed');
    again.state.controlPlanes = ['master01', 'master02', 'master03'];
    await is(again, 'active');
    expect(enrolled(again)).toEqual(['node01', 'node02', 'node03']);
  });

  test('replaces a log that is older than the database of the only coordinator', async () => {
    const first = one('master01');
    founder(api, first);
    await first.start();
    await is(first, 'active');
    enrol(first, 'node02');
    await first.replica.acknowledged();
    const left = new Map(api.objects);
    first.state.controlPlanes = ['master01'];
    await until(() => api.holder() === '', 'released');
    enrol(first, 'node03');
    for (const [key, value] of left) if (!key.includes('/leases/')) api.objects.set(key, value);
    first.state.controlPlanes = ['master01', 'master02', 'master03'];
    await is(first, 'active');
    expect(enrolled(first)).toEqual(['node01', 'node02', 'node03']);
    expect(api.records()).toEqual(['snapshot-000000000001-0000']);
  });

  test('never starts from a coordinator that does not know this cluster', async () => {
    const second = one('master02');
    await second.start();
    await leaseReads(4);
    expect([second.standing.state(), api.records()]).toEqual(['standby', []]);
    expect(() => second.standing.refuse('any')).toThrow();
  });

  test('is repeated from the database if the API server lost newer records, such as after its restore', async () => {
    const [first] = await two();
    const before = new Map(api.objects);
    for (const name of ['node02', 'node03']) {
      enrol(first, name);
      await first.replica.acknowledged();
    }
    await first.stop({ keep: true });
    all = all.filter((some) => some !== first);
    api.objects.clear();
    for (const [key, value] of before) api.objects.set(key, value);
    const again = createOne(api, 'master01', first.folder);
    all.push(again);
    await all[0]?.replica.stop();
    await again.start();
    await is(again, 'active');
    expect(enrolled(again)).toEqual(['node01', 'node02', 'node03']);
  });
});

describe('a change on the active coordinator', () => {
  test('is in the API when it is acknowledged, and on the standby soon after', async () => {
    const [first, second] = await two();
    enrol(first, 'node02');
    await first.replica.acknowledged();
    expect(api.records()).toContain('change-000000000002');
    await until(() => enrolled(second).includes('node02'), 'on the standby');
    expect(second.store.revision.current()).toBe(first.store.revision.current());
    expect(second.store.replicated.pending(9)).toEqual([]);
  });

  test('is written once, even if the answer is lost', async () => {
    const [first, second] = await two();
    enrol(first, 'node02');
    api.control.mode = 'lost';
    const acknowledged = first.replica.acknowledged();
    await until(() => api.records().includes('change-000000000002'), 'written');
    api.control.mode = 'up';
    await acknowledged;
    enrol(first, 'node03');
    await first.replica.acknowledged();
    await until(() => enrolled(second).length === 3, 'on the standby');
    expect(api.records()).toEqual(['snapshot-000000000001-0000', 'change-000000000002', 'change-000000000003']);
    expect(first.standing.state()).toBe('active');
  });

  test('is not acknowledged while the API is away', async () => {
    const [first] = await two();
    api.control.mode = 'down';
    enrol(first, 'node02');
    await expect(first.replica.acknowledged()).rejects.toMatchObject({ code: 'no-active' });
  });

  test('is not acknowledged if the API server refuses it', async () => {
    const [first] = await two();
    enrol(first, 'node02');
    api.control.refuse = { status: 403, body: { kind: 'Status', message: 'forbidden' } };
    await expect(first.replica.acknowledged()).rejects.toMatchObject({ code: 'no-active' });
    api.control.refuse = null;
  });

  test('replaces old records by a snapshot after some time, which a new standby reads, also in expiring pages', async () => {
    const [first, second] = await two();
    for (let count = 2; count < 15; count += 1) {
      enrol(first, `node${String(count).padStart(2, '0')}`);
      await first.replica.acknowledged();
    }
    // A snapshot after each five changes, and three changes after the second one: two pages.
    expect(api.records()).toHaveLength(4);
    await second.replica.stop();
    api.control.expireNextPage = true;
    const third = one('master03');
    await third.start();
    await until(() => enrolled(third).length === 14, 'read');
    expect(api.control.expireNextPage).toBe(false);
  });
});

describe('a takeover', () => {
  test('follows the death of the active one, with all that was acknowledged and a higher revision', async () => {
    const [first, second] = await two();
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
    const [first, second] = await two();
    await first.replica.stop();
    await until(() => second.standing.state() === 'active', 'active', timing.duration - 100);
  });

  test('is immediate when the machine of the active one is to leave; that one follows', async () => {
    const [first, second] = await two();
    enrol(first, 'node02');
    for (const who of [first, second]) who.state.leaving = ['master01'];
    await until(() => second.standing.state() === 'active', 'active', timing.duration - 100);
    enrol(second, 'node03');
    await until(() => enrolled(first).includes('node03'), 'followed');
    expect([first.standing.state(), enrolled(second)]).toEqual(['standby', ['node01', 'node02', 'node03']]);
  });

  test('by the one whose machine is to leave happens only if there is no other', async () => {
    const [first, second] = await two();
    all = all.filter((some) => some !== second);
    await second.stop();
    first.state.leaving = ['master01'];
    await is(first, 'standby');
    await until(() => api.holder() === '', 'released');
    await is(first, 'active');
    const terms = api.transitions();
    await leaseReads(8);
    expect([first.standing.state(), api.transitions()]).toEqual(['active', terms]);
  }, 20_000);

  test('happens once with two standbys', async () => {
    const [first, second] = await two();
    const third = one('master03');
    await third.start();
    dies(first);
    await until(() => [second, third].some((some) => some.standing.state() === 'active'), 'active');
    await leaseReads(8);
    expect([second, third].map((some) => some.standing.state()).sort()).toEqual(['active', 'standby']);
  });

  describe('that reads the state for longer than the Lease lasts', () => {
    /** Two standbys of a dead one, and a log of nine pages; a page takes 400 ms, and the Lease lasts 1.8 s. */
    async function slowly(): Promise<[One, One]> {
      const [first, second] = await two();
      const third = one('master03');
      await third.start();
      await until(() => enrolled(third).includes('node01'), 'the state has travelled');
      longLog();
      dies(first);
      api.control.pageMs = 400;
      return [second, third];
    }
    /** Adds records that say nothing new. */
    function longLog(): void {
      const key = [...api.objects.keys()].find((name) => name.includes('/snapshot-')) ?? '';
      const record = api.objects.get(key);
      for (let part = 0; part < 16; part += 1) {
        const name = `snapshot-000000000000-${String(part).padStart(4, '0')}`;
        const spec = { ...record?.spec, sequence: 0, writer: 'an earlier one' };
        if (record) api.objects.set(key.replace(/[^/]+$/, name), { ...record, metadata: { name }, spec });
      }
    }

    test('renews the Lease meanwhile: no other one takes it', async () => {
      const both = await slowly();
      const before = api.transitions();
      await until(() => both.some((some) => some.standing.state() === 'active'), 'active', 15_000);
      expect(api.transitions()).toBe(before + 1);
      expect(both.map((some) => some.standing.state()).sort()).toEqual(['active', 'standby']);
    }, 30_000);

    test('ends the takeover once another one holds the Lease: nothing of it is written', async () => {
      const both = await slowly();
      await until(() => api.holder() !== '' && !api.holder().startsWith('master01'), 'one takes the Lease');
      const lease = api.objects.get(leasePath);
      const [holder] = api.holder().split('/');
      const taken = { ...lease?.spec, holderIdentity: 'master09/another' };
      api.objects.set(leasePath, {
        ...lease,
        metadata: { name: 'muster-coordinator', resourceVersion: '999' },
        spec: taken,
      });
      await leaseReads(8);
      const ended = both.find((some) => some.replica.host() === holder);
      expect(ended?.standing.mayAct()).toBe(false);
      expect(api.records().filter((name) => name?.startsWith('change-'))).toEqual([]);
    }, 30_000);
  });

  test('leaves the earlier one unable to write or to act, and it follows later', async () => {
    const [first, second] = await two();
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

  test('takes the plan and the passwords with it; a file edited on the standby is kept aside', async () => {
    const [first, second] = await two();
    expect(readFileSync(second.paths.plan, 'utf8')).toBe('cluster: demo\n');
    writeFileSync(second.paths.plan, 'edited here\n');
    writeFileSync(first.paths.plan, 'cluster: changed\n');
    writeFileSync(join(first.paths.state, 'passwords.json'), '{}');
    await first.replica.acknowledged();
    await until(() => readFileSync(second.paths.plan, 'utf8') === 'cluster: changed\n', 'the plan');
    await until(() => existsSync(join(second.paths.state, 'passwords.json')), 'the passwords');
    expect(readFileSync(`${second.paths.plan}.replaced`, 'utf8')).toBe('edited here\n');
    expect(second.state.filesWritten).toBeGreaterThan(0);
  });
});

describe('a large file beside the plan', () => {
  const archive = (who: One) => join(who.folder, 'archive.tgz');
  const isThere = (who: One, content: Buffer) => existsSync(archive(who)) && readFileSync(archive(who)).equals(content);
  const replaceBy = async (who: One, content: Buffer) => {
    writeFileSync(archive(who), content);
    // On a busy machine it may lose the Lease for a moment, as agents that repeat a request see it.
    await is(who, 'active');
    await who.replica.acknowledged().catch(() => is(who, 'active'));
  };

  test('travels in parts, each in an object that etcd takes, also to a coordinator that comes later', async () => {
    const [first, second] = await two();
    const content = randomBytes(1_500_000);
    await replaceBy(first, content);
    await until(() => isThere(second, content), 'the archive');
    const sizes = [...api.objects.values()].map((object) => JSON.stringify(object).length);
    expect(Math.max(...sizes)).toBeLessThan(1_000_000);
    const third = one('master03');
    await third.start();
    await until(() => isThere(third, content), 'the archive on a new one');
    expect(existsSync(`${archive(second)}.replaced`)).toBe(false);
  });

  test('can become a small one and large again; a coordinator that takes over has the newest', async () => {
    const [first, second] = await two();
    for (const size of [900_000, 10, 700_000]) {
      const content = randomBytes(size);
      await replaceBy(first, content);
      await until(() => isThere(second, content), `${size} bytes`);
    }
    const newest = readFileSync(archive(first));
    rmSync(archive(second));
    const third = one('master03');
    await third.start();
    await until(() => isThere(third, newest), 'the newest');
  });

  test('is left out above the limit, and a notice names it', async () => {
    const [first] = await two();
    await replaceBy(first, Buffer.alloc(mostBytes + 1));
    expect(first.standing.notices()).toMatchObject([
      { code: 'plan-file-not-shared', command: expect.stringContaining(archive(first)) },
    ]);
    await replaceBy(first, Buffer.from('small'));
    expect(first.standing.notices()).toEqual([]);
  });
});

describe('the recovery key', () => {
  const names = ['recovery-signing.key', 'recovery.pub'];
  const keysOf = (who: One) => names.map((name) => readIfThere(join(who.paths.state, name)));
  const caKey = (who: One, key: string) => writeFileSync(join(who.paths.state, 'ca.key'), key);
  const setKeys = (who: One, value: string) => {
    for (const name of names) writeFileSync(join(who.paths.state, name), `${value} ${name}`);
  };
  const readIfThere = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : null);

  test('travels whenever it is replaced; the API has nothing of it, and no replaced one is kept', async () => {
    const [first, second] = await two();
    for (const who of [first, second]) caKey(who, 'the same');
    for (const value of ['old', 'new']) {
      setKeys(first, value);
      await first.replica.acknowledged();
      await until(() => keysOf(second)[1] === `${value} recovery.pub`, 'the public key');
      expect(keysOf(second)).toEqual(names.map((name) => `${value} ${name}`));
    }
    const sent = [...api.objects.values()].flatMap(({ spec }) => unpack(String(spec?.data ?? pack([]))));
    const contents = sent.map(({ row }) => Buffer.from(String(row?.content ?? ''), 'base64').toString('latin1'));
    expect(contents.join('\n')).toContain('cluster: demo');
    expect(contents.join('\n')).not.toContain('recovery');
    expect(existsSync(join(second.paths.state, 'recovery-signing.key.replaced'))).toBe(false);
  });

  test('is not taken from anybody without the key of the coordinators’ CA', async () => {
    const [first, second] = await two();
    caKey(first, 'another');
    caKey(second, 'the own');
    setKeys(second, 'own');
    setKeys(first, 'forged');
    enrol(first, 'node02');
    await first.replica.acknowledged();
    await until(() => enrolled(second).includes('node02'), 'the batch');
    await sleep(100);
    expect(keysOf(second)).toEqual(names.map((name) => `own ${name}`));
  });
});

describe('without the API', () => {
  test('the active one is cut off: it acts no more, and acts again when the API is back', async () => {
    const [first] = await two();
    api.control.mode = 'hang';
    await is(first, 'cut-off');
    expect(() => first.standing.refuse('active')).toThrow();
    expect(() => first.standing.refuse('any')).not.toThrow();
    expect(first.standing.notices()).toMatchObject([{ code: 'api-away' }]);
    enrol(first, 'never');
    const shown = 5_000_000;
    first.store.transaction(() => first.store.revision.confirm({ seen: shown }));
    await all[1]?.replica.stop();
    api.control.mode = 'up';
    await is(first, 'active');
    expect(first.store.revision.current()).toBeGreaterThan(shown + 1_000_000);
    await until(() => all.every((some) => !enrolled(some).includes('never')), 'nothing unacknowledged survives');
  });

  test('a restarted coordinator does not act on its own database', async () => {
    const [first] = await two();
    await first.stop({ keep: true });
    all = all.filter((some) => some !== first);
    api.control.mode = 'down';
    const again = createOne(api, 'master01', first.folder);
    all.push(again);
    await again.start();
    expect(again.standing.mayAct()).toBe(false);
    await is(again, 'cut-off');
  });
});

test('an agent that has seen a newer revision makes the active one step down and take over again', async () => {
  const [first] = await two();
  const before = first.store.revision.current();
  first.replica.superseded();
  expect(first.standing.mayAct()).toBe(false);
  await is(first, 'active');
  expect(first.store.revision.current()).toBeGreaterThan(before);
});
