import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../../coordinator/store/store.ts';
import { recoveryRoute } from '../../../shared/protocol/recovery.ts';
import { certificate } from '../../agent/kube/der.ts';
import { addresses, cluster, enrolled, facts, planText, start, type TestCoordinator } from '../support.ts';

const planes = planText().replaceAll('role: worker', 'role: control-plane');
const { certPem } = certificate([['CN', 'kubernetes']]);

let coordinator: TestCoordinator;
beforeEach(async () => {
  coordinator = await start({ planText: planes });
});
afterEach(() => coordinator.stop());

type Name = keyof typeof addresses;
const names = Object.keys(addresses) as Name[];

async function master(name: Name) {
  const host = await enrolled(coordinator, name);
  const report = (createdCluster: 'held' | 'lost', caPem: string | null = null) =>
    host.report({
      cluster: caPem === null ? null : cluster(caPem),
      facts: facts({
        createdCluster,
        machineId: name,
        productUuid: name,
        addresses: [{ interface: 'eth0', address: addresses[name], mac: name, family: 'ipv4' }],
      }),
    });
  return {
    hold: (caPem: string | null = certPem) => report('held', caPem),
    lose: () => report('lost'),
    assignment: async () => (await host.target()).body.assignment,
  };
}
type Master = Awaited<ReturnType<typeof master>>;
const bootstrapOf = async ({ assignment }: Master) => (await assignment()).bootstrap;
const all = () => Promise.all(names.map(master));
const confirm = () => coordinator.operator(recoveryRoute, { method: 'POST' });

it('the founder creates the cluster and, once another control plane holds it, could join it as any other', async () => {
  const [first, second, third] = (await all()) as [Master, Master, Master];
  expect(await Promise.all([first, second, third].map(bootstrapOf))).toEqual(['init', 'join', 'join']);
  await first.hold();
  expect(await bootstrapOf(first)).toBe('init');
  await second.hold();
  expect(await Promise.all([first, second, third].map(bootstrapOf))).toEqual(['join', 'join', 'join']);
});

it('the members are stored', async () => {
  const [first, second] = (await all()) as [Master, Master];
  await first.hold();
  await second.hold();
  const store = openStore(join(coordinator.state, 'muster.db'));
  expect(store.cluster.members()).toEqual(['master01', 'node01']);
  store.close();
});

it('a control plane that holds another cluster, or reports none, is no member and changes nothing', async () => {
  const [first, second] = (await all()) as [Master, Master];
  await first.hold();
  const other = certificate([['CN', 'other']]).certPem;
  await second.hold(other);
  await second.hold(null);
  expect(await bootstrapOf(first)).toBe('init');
  expect((await first.assignment()).cluster.caPem).toBe(certPem);
});

it('a wiped founder joins while another member holds the cluster, and nothing can be recreated', async () => {
  const [first, second] = (await all()) as [Master, Master];
  await first.hold();
  await second.hold();
  await first.lose();
  expect(await bootstrapOf(first)).toBe('join');
  expect(await confirm()).toMatchObject({ status: 409, body: { code: 'cluster-not-lost' } });
});

it('the cluster is lost once every member says so, and the first control plane may then recreate it', async () => {
  const [first, second, third] = (await all()) as [Master, Master, Master];
  for (const host of [first, second, third]) await host.hold();
  await first.lose();
  await third.lose();
  await second.hold(null);
  expect((await confirm()).body.code).toBe('cluster-not-lost');
  await second.lose();
  expect(await bootstrapOf(first)).toBe('init');
  expect((await first.assignment()).recreate).toBe(false);
  expect((await confirm()).status).toBe(201);
  expect((await first.assignment()).recreate).toBe(true);
});

it('a control plane that has joined and is no known member keeps the cluster, also under `recovery: auto`', async () => {
  await coordinator.stop();
  coordinator = await start({ planText: `${planes}recovery: auto\n` });
  const [first, second] = (await all()) as [Master, Master];
  await first.hold();
  expect((await first.assignment()).recreate).toBe(false);
  await second.hold(null);
  await first.lose();
  expect((await first.assignment()).recreate).toBe(false);
  await second.lose();
  expect((await first.assignment()).recreate).toBe(true);
});
