import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EtcdFacts, Facts } from '../../../shared/protocol/facts.ts';
import { recoveryRoute } from '../../../shared/protocol/recovery.ts';
import { safekeepingRoutes } from '../../../shared/protocol/safekeeping.ts';
import { certificate } from '../../agent/kube/der.ts';
import { cluster, enrolled, facts, planText, start, type TestCoordinator } from '../support.ts';

type Agent = Awaited<ReturnType<typeof enrolled>>;
let coordinator: TestCoordinator;
let masters: Agent[];
const ca = certificate([['CN', 'first']]).certPem;
const names = ['master01', 'node01', 'node02'] as const;

beforeEach(async () => {
  const text = planText().replaceAll('role: worker', 'role: control-plane');
  coordinator = await start({ planText: text });
  masters = [];
  for (const name of names) masters.push(await enrolled(coordinator, name));
});
afterEach(() => coordinator.stop());

const etcd = (changes: Partial<EtcdFacts> = {}): EtcdFacts => ({
  ...{ external: false, self: 'a', leader: null, revision: '10', members: [], quotaBytes: null },
  ...{ fsyncMs: null, commitMs: null, alarms: null, replaced: null },
  ...changes,
});
/** Of a machine that cannot be taken for another. */
const own = () => ({ ...facts(), machineId: null, productUuid: null, addresses: [] });
const held = (changes: Partial<Facts> = {}) => ({ facts: { ...own(), createdCluster: 'held' as const, ...changes } });
const recover = (body: object = {}) => coordinator.operator(recoveryRoute, { method: 'POST', body });
const orderOf = async (agent: Agent | undefined) => (await agent?.target())?.body.recovery;

describe('a cluster whose etcd lost its quorum', () => {
  it('is not restored while a control plane reports a leader', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: etcd({ leader: 'a', revision: null }) }) });
    await masters[1]?.report(held({ etcd: etcd() }));
    expect(await recover()).toMatchObject({ status: 409, body: { code: 'cluster-not-lost' } });
  });

  it('is restored from the member with the newest data, which the others make room for', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: etcd({ revision: '9' }) }) });
    await masters[1]?.report(held({ etcd: etcd({ revision: '12' }) }));
    await masters[2]?.report({ facts: { ...own(), createdCluster: 'none' } });
    const { notices } = (await coordinator.operator('/v1/status')).body;
    expect(notices).toContainEqual(expect.objectContaining({ code: 'etcd-no-quorum' }));
    expect((await coordinator.operator(recoveryRoute)).body).toMatchObject({
      ...{ kind: 'restore', host: 'node01', from: 'member', others: ['master01'] },
    });
    expect(await recover()).toMatchObject({ status: 201, body: { host: 'node01', from: 'member' } });
    const order = await orderOf(masters[0]);
    expect(order).toMatchObject({ host: 'node01', from: 'member', isDone: false });
    expect(await orderOf(masters[1])).toEqual(order);
    const message = { en: '', zh: '' };
    const recovery = { id: order.id, state: 'done' as const, at: '2026-11-30T03:00:00Z', message };
    await masters[1]?.report(held({ recovery, etcd: etcd({ leader: 'a', revision: null }) }));
    expect(await orderOf(masters[0])).toMatchObject({ isDone: true });
    expect((await masters[1]?.target())?.body.assignment.bootstrap).toBe('init');
    expect((await masters[0]?.target())?.body.assignment.bootstrap).toBe('join');
    await masters[0]?.report({ facts: { ...own(), createdCluster: 'none', recovery } });
    // A new machine takes the place of a host that has carried the order out.
    await masters[0]?.report({ facts: { ...own(), createdCluster: 'none', recovery: null } });
    for (const done of [masters[0], masters[1]]) expect(await orderOf(done)).toBeUndefined();
    expect(await orderOf(masters[2])).toMatchObject({ isDone: true });
  });

  it('is not restored if the site runs it', async () => {
    const externalEtcd = { missing: [], certificate: null, endpoints: [], registry: null, keptCaSha256: null };
    await masters[0]?.report({
      cluster: cluster(ca),
      ...held({ externalEtcd, etcd: etcd({ external: true, self: null, revision: null }) }),
    });
    expect(await recover()).toMatchObject({ status: 409, body: { code: 'etcd-restored-by-site' } });
  });

  it('is restored from a backup only if asked for', async () => {
    const newest = { name: 'cluster-20261130T010000Z', at: '2026-11-30T01:00:00Z', keys: 5, isTestable: true };
    const clusterBackup = { newest, verified: null, failure: null, request: null };
    await masters[0]?.report({
      cluster: cluster(ca),
      ...held({ etcd: etcd({ self: null, revision: null }), clusterBackup }),
    });
    expect(await recover()).toMatchObject({ status: 409, body: { code: 'cluster-not-lost' } });
    expect(await recover({ fromBackup: true, host: 'node01' })).toMatchObject({
      body: { code: 'nothing-to-restore' },
    });
    expect((await coordinator.operator(`${recoveryRoute}?fromBackup=true`)).body).toMatchObject({
      backupAt: newest.at,
    });
    expect(await recover({ fromBackup: true })).toMatchObject({ status: 201, body: { from: newest.name } });
  });
});

describe('a cluster whose etcd runs with other data', () => {
  const newest = { name: 'cluster-20261130T010000Z', at: '2026-11-30T01:00:00Z', keys: 5, isTestable: true };
  const clusterBackup = { newest, verified: null, failure: null, request: null };
  const replaced = { recorded: 'a', found: 'b' };
  const leading = (changes: Partial<EtcdFacts> = {}) => etcd({ leader: 'a', revision: null, ...changes });

  it('is restored from a backup only, although etcd has a leader', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: leading({ replaced }), clusterBackup }) });
    for (const body of [{}, { host: 'master01' }]) {
      expect(await recover(body)).toMatchObject({ status: 409, body: { code: 'etcd-data-replaced' } });
    }
    expect((await coordinator.operator(`${recoveryRoute}?fromBackup=true`)).body).toMatchObject({
      ...{ kind: 'restore', host: 'master01', from: newest.name, isReplaced: true },
    });
    expect(await recover({ fromBackup: true })).toMatchObject({ status: 201, body: { from: newest.name } });
    expect(await orderOf(masters[0])).toMatchObject({ host: 'master01', from: newest.name });
    const { id } = await orderOf(masters[0]);
    const recovery = { id, state: 'failed' as const, at: newest.at, message: { en: 'damaged', zh: 'damaged' } };
    await masters[0]?.report(held({ etcd: leading({ replaced }), clusterBackup, recovery }));
    const { notices } = (await coordinator.operator('/v1/status')).body;
    expect(notices).toContainEqual(expect.objectContaining({ code: 'etcd-recovery', command: expect.any(String) }));
  });

  it('is not restored while another control plane has a leader of the cluster’s data', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: leading({ replaced }), clusterBackup }) });
    await masters[1]?.report(held({ etcd: leading() }));
    for (const body of [{}, { fromBackup: true }]) {
      expect(await recover(body)).toMatchObject({ status: 409, body: { code: 'cluster-not-lost' } });
    }
  });
});

describe('a restore that is asked for with what does not exist', () => {
  const newest = { name: 'cluster-20261130T010000Z', at: '2026-11-30T01:00:00Z', keys: 5, isTestable: true };
  const clusterBackup = { newest, verified: null, failure: null, request: null };

  it('is refused: a host that is planned as no control plane, does not report, or holds no cluster', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: etcd(), clusterBackup }) });
    await masters[1]?.report({ facts: { ...own(), createdCluster: 'none' } });
    for (const host of ['node09', 'node02', 'node01']) {
      for (const fromBackup of [true, false]) {
        expect(await recover({ host, fromBackup })).toMatchObject({
          status: 409,
          body: { code: 'nothing-to-restore' },
        });
      }
    }
    expect(await orderOf(masters[0])).toBeUndefined();
  });

  it('is refused: a backup, where none was made', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: etcd() }) });
    expect(await recover({ fromBackup: true })).toMatchObject({ status: 409, body: { code: 'nothing-to-restore' } });
  });

  it('never creates an empty cluster instead', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: etcd() }) });
    await masters[0]?.report({ facts: { ...own(), createdCluster: 'lost' } });
    expect((await coordinator.operator(recoveryRoute)).body).toMatchObject({ kind: 'recreate' });
    for (const body of [{ fromBackup: true }, { host: 'master01' }]) {
      expect(await recover(body)).toMatchObject({ status: 409, body: { code: 'nothing-to-restore' } });
    }
  });
});

describe('an order that failed', () => {
  const message = { en: 'failed', zh: 'failed' };
  const failed = (id: string, hasData: boolean) => ({
    ...{ id, state: 'failed' as const, at: '2026-11-30T03:00:00Z', message },
    kept: { hasData, revision: '9' },
  });

  it('is replaced by another one, for data that the first has moved aside', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: etcd({ revision: '9' }) }) });
    await recover();
    const first = await orderOf(masters[0]);
    await masters[0]?.report(held({ etcd: null, recovery: failed(first.id, true) }));
    expect(await recover()).toMatchObject({ status: 201, body: { host: 'master01', from: 'member' } });
    const next = await orderOf(masters[0]);
    expect(next.id > first.id).toBe(true);
    // The restored etcd runs, but the order is not done.
    const started = etcd({ leader: 'a', revision: null });
    await masters[0]?.report(held({ etcd: started, recovery: failed(next.id, true) }));
    expect(await recover()).toMatchObject({ status: 201 });
  });

  it('is not replaced once etcd has its quorum again', async () => {
    await masters[0]?.report({ cluster: cluster(ca), ...held({ etcd: etcd() }) });
    await recover();
    const { id } = await orderOf(masters[0]);
    const { kept: _, ...over } = failed(id, true);
    const isTold = async () => {
      const { notices } = (await coordinator.operator('/v1/status')).body;
      return notices.some(({ code }: { code: string }) => code === 'etcd-recovery');
    };
    await masters[0]?.report(held({ etcd: etcd(), recovery: { ...over, kept: null } }));
    expect(await isTold()).toBe(true);
    await masters[0]?.report(held({ etcd: etcd({ leader: 'a', revision: null }), recovery: { ...over, kept: null } }));
    expect(await isTold()).toBe(false);
    expect(await recover()).toMatchObject({ status: 409, body: { code: 'cluster-not-lost' } });
  });
});

it('control planes back up the cluster as the plan says, and at once when asked', async () => {
  const [master] = masters;
  expect((await master?.target())?.body.clusterBackup).toEqual({ everyMs: 24 * 3600_000, keep: 7 });
  const asked = await coordinator.operator(safekeepingRoutes.clusterBackups, { method: 'POST' });
  expect(asked).toMatchObject({ status: 202, body: names.map((host) => ({ host, isDone: false, facts: null })) });
  const { request } = (await master?.target())?.body.clusterBackup ?? {};
  const verified = { name: 'cluster-20261130T010000Z', at: '2026-11-30T01:00:00Z', days: 0 };
  await master?.report(held({ clusterBackup: { newest: null, verified, failure: null, request }, etcd: etcd() }));
  const { body } = await coordinator.operator(safekeepingRoutes.clusterBackups);
  expect(body[0]).toMatchObject({ host: 'master01', isDone: true });
  const { etcd: seen } = (await coordinator.operator('/v1/status')).body.cluster;
  expect(seen).toMatchObject({ hasQuorum: false, restorable: { host: 'master01', at: verified.at } });
});

it('a request to back up the cluster outlives the process of the coordinator', async () => {
  await coordinator.operator(safekeepingRoutes.clusterBackups, { method: 'POST' });
  const { folder, plan } = coordinator;
  await coordinator.stop({ keep: true });
  coordinator = await start({ folder, planText: readFileSync(plan, 'utf8') });
  const { body } = await coordinator.ask('/v1/target', { headers: masters[0]?.headers ?? {} });
  expect(body.clusterBackup.request).toMatch(/^2/);
});
