import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { controlPlaneFaults } from '../faults/control-plane.ts';
import { journalOf, nodesSeen } from '../faults/observe.ts';
import { reset } from '../faults/worker.ts';
import { bootHost, hostExec, killHost } from '../lab/hosts.ts';
import { clusterStatus, master, on } from '../lab/install.ts';
import { changePlan } from './plan-change.ts';
import { allReady, standing, statusOf, timed } from './recovery.ts';
import { until } from './support.ts';

beforeAll(standing);
afterEach(() => allReady(400));

const ca = async () => (await clusterStatus()).cluster.caSha256;

it.each(
  controlPlaneFaults.map((fault) => [fault.id, fault] as const),
)('workers notice nothing, and all is Ready again: %s', async (id, { inflict }) => {
  const before = [...(await nodesSeen())].map(([name, { uid }]) => [name, uid]);
  const joins = await Promise.all(['node01', 'node02'].map(async (host) => (await journalOf(host))['kubeadm-join']));
  const back = await inflict(master, Math.random);
  await timed(id, () => until(back, { seconds: 240, what: `recovery from: ${id}` }));
  expect([...(await nodesSeen())].map(([name, { uid }]) => [name, uid])).toEqual(before);
  expect(await Promise.all(['node01', 'node02'].map(async (host) => (await journalOf(host))['kubeadm-join']))).toEqual(
    joins,
  );
});

it('the only control plane that was reset waits for the operator’s word, and then all come back in a new cluster', async () => {
  const lost = await ca();
  const refused = await hostExec(master, ['muster', 'recover']);
  expect(refused.exitCode, 'nothing is lost yet').not.toBe(0);

  await reset(master);
  // Something in etcd's folder may be its data.
  await on(master, 'mkdir', '-p', '/var/lib/etcd/backup');
  await until(async () => /not gone for sure/.test((await statusOf(master)).summary), {
    seconds: 60,
    what: 'the doubt',
  });
  await on(master, 'rmdir', '/var/lib/etcd/backup');
  await until(async () => /muster recover/.test((await statusOf(master)).remedy), {
    seconds: 120,
    what: 'the status to name the command',
  });
  expect(await ca()).toBe(lost);
  await on(master, 'muster', 'recover');
  await timed('control plane created anew, by word', async () => {
    await until(async () => (await ca()) !== lost, { seconds: 300, what: 'a new cluster' });
    await allReady(300);
  });
  expect([...(await nodesSeen()).keys()].sort()).toEqual([master, 'node01', 'node02']);
});

it('with `recovery: auto` nobody is asked, also when the power goes in the middle of init', async () => {
  const lost = await ca();
  const restore = await changePlan((plan) => {
    plan.recovery = 'auto';
  });
  await sleep(4000);
  await reset(master);
  await timed('control plane created anew, by plan, with a power cut', async () => {
    const isCreating = async () => (await journalOf(master))['kubeadm-init']?.state === 'applying';
    await until(isCreating, { seconds: 90, every: 100, what: 'kubeadm init to begin' });
    await sleep(6000);
    await killHost(master);
    await bootHost(master);
    await until(async () => (await ca()) !== lost, { seconds: 300, what: 'a new cluster' });
    await allReady(300);
  });
  await restore();
});
