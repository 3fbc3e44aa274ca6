import { afterEach, beforeEach, expect, it } from 'vitest';
import { recoveryRoute } from '../../../shared/protocol/recovery.ts';
import { certificate } from '../../agent/kube/der.ts';
import { cluster, enrolled, facts, planText, start, type TestCoordinator } from '../support.ts';

let coordinator: TestCoordinator;
beforeEach(async () => {
  coordinator = await start();
});
afterEach(() => coordinator.stop());

const recreate = async (host: Awaited<ReturnType<typeof enrolled>>) =>
  (await host.target()).body.assignment.recreate as boolean;

it('a lost cluster is recreated after an operator’s confirmation, and the next one needs its own', async () => {
  const master = await enrolled(coordinator, 'master01');
  const [first, second] = [certificate([['CN', 'first']]).certPem, certificate([['CN', 'second']]).certPem];
  await master.report({ cluster: cluster(first), facts: { ...facts(), createdCluster: 'held' } });
  const refused = await coordinator.operator(recoveryRoute, { method: 'POST' });
  expect(refused).toMatchObject({ status: 409, body: { code: 'cluster-not-lost' } });
  expect(await recreate(master)).toBe(false);

  await master.report({ cluster: null, facts: { ...facts(), createdCluster: 'lost' } });
  expect(await recreate(master)).toBe(false);
  expect((await coordinator.operator(recoveryRoute, { method: 'POST' })).status).toBe(201);
  expect(await recreate(master)).toBe(true);

  await master.report({ cluster: cluster(second), facts: { ...facts(), createdCluster: 'held' } });
  expect(await recreate(master)).toBe(false);
  await master.report({ cluster: null, facts: { ...facts(), createdCluster: 'lost' } });
  expect(await recreate(master)).toBe(false);
  expect((await coordinator.operator(recoveryRoute, { method: 'POST' })).status).toBe(201);
  expect(await recreate(master)).toBe(true);
  const kinds = (await coordinator.operator('/v1/events')).body.map(({ kind }: { kind: string }) => kind);
  expect(kinds).toContain('cluster-lost');
  expect(kinds).toContain('recovery-confirmed');
});

it('a plan with `recovery: auto` needs no confirmation', async () => {
  await coordinator.stop();
  coordinator = await start({ planText: planText('recovery: auto\n') });
  expect(await recreate(await enrolled(coordinator, 'master01'))).toBe(true);
});

it('a cluster that cannot be joined yet is not assigned to hosts, because it may never be finished', async () => {
  const master = await enrolled(coordinator, 'master01');
  const [first, second] = [certificate([['CN', 'first']]).certPem, certificate([['CN', 'second']]).certPem];
  await master.report({ cluster: cluster(first) });
  await master.report({ cluster: cluster(second, { joinable: false }) });
  expect((await master.target()).body.assignment.cluster.caPem).toBe(first);
  await master.report({ cluster: cluster(second) });
  expect((await master.target()).body.assignment.cluster.caPem).toBe(second);
});
