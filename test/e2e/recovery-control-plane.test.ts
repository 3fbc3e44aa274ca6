import { beforeAll, expect, it } from 'vitest';
import { controlPlaneFaults } from '../faults/control-plane.ts';
import { journalOf, nodesSeen } from '../faults/observe.ts';
import { reset } from '../faults/worker.ts';
import { bootHost, hostExec, killHost } from '../lab/hosts.ts';
import { clusterStatus, master, on } from '../lab/install.ts';
import { hostStatus } from './induced.ts';
import { changePlan } from './plan-change.ts';
import { allReady, standing, timed } from './recovery.ts';
import { until } from './support.ts';

beforeAll(standing);

const workers = ['node01', 'node02'];
const ca = async () => (await clusterStatus()).cluster.caSha256;
const untilSummary = (pattern: RegExp, what: string) =>
  until(async () => pattern.test((await hostStatus(master)).summary), { seconds: 120, every: 300, what });

/** The coordinator, and the whole machine, are another file's. */
const faults = controlPlaneFaults.filter(({ id }) => /^(agent|kubelet) killed/.test(id));

it.each(
  faults.map((fault) => [fault.id, fault] as const),
)('workers notice nothing, and all is Ready again: %s', async (id, { inflict }) => {
  const seen = async () => [
    [...(await nodesSeen())].map(([name, { uid }]) => [name, uid]),
    await Promise.all(workers.map(async (host) => (await journalOf(host))['kubeadm-join'])),
  ];
  const before = await seen();
  const back = await inflict(master, Math.random);
  await timed(id, () => until(back, { seconds: 240, what: `recovery from: ${id}` }));
  expect(await seen()).toEqual(before);
});

it('the only control plane that was reset waits for the operator’s word, and then all come back in a new cluster', async () => {
  const lost = await ca();
  const refused = await hostExec(master, ['muster', 'recover']);
  expect(refused.exitCode, 'nothing is lost yet').not.toBe(0);

  const key = '/etc/kubernetes/pki/ca.key';
  await on(master, 'cp', key, '/root/ca.key');
  await reset(master);
  // Something in etcd's folder may be its data.
  await on(master, 'mkdir', '-p', '/var/lib/etcd/backup');
  await untilSummary(/not gone for sure/, 'the doubt to be told');
  await on(master, 'rmdir', '/var/lib/etcd/backup');
  const isAsked = async () => /muster recover/.test((await hostStatus(master)).remedy);
  await until(isAsked, { seconds: 120, every: 300, what: 'the status to name the command' });
  expect(await ca()).toBe(lost);
  // With the key of its CA the cluster could be had back: while it is there no word makes another.
  await on(master, 'cp', '/root/ca.key', key);
  await untilSummary(/holds its cluster/, 'the key to be seen');
  const tries = async () => (await journalOf(master))['kubeadm-init']?.attempts;
  const before = await tries();
  await hostExec(master, ['muster', 'recover']);
  await new Promise((resolve) => setTimeout(resolve, 8000));
  expect(await tries()).toBe(before);
  await on(master, 'cmp', '/root/ca.key', key);
  await on(master, 'rm', key, '/root/ca.key');

  await timed('control plane created anew, by word', async () => {
    const isAnew = async () => {
      if (await isAsked()) await hostExec(master, ['muster', 'recover']);
      return (await ca()) !== lost;
    };
    await until(isAnew, { seconds: 300, what: 'a new cluster' });
    await allReady(300);
  });
  expect([...(await nodesSeen()).keys()].sort()).toEqual([master, ...workers]);
});

it('with `recovery: auto` nobody is asked, also when the power goes in the middle of init', async () => {
  const lost = await ca();
  const restore = await changePlan((plan) => {
    plan.recovery = 'auto';
  });
  await timed('control plane created anew, by plan, with a power cut', async () => {
    await reset(master);
    const isCreating = async () =>
      (await journalOf(master))['kubeadm-init']?.state === 'applying' &&
      (await hostExec(master, ['test', '-e', '/etc/kubernetes/manifests/etcd.yaml'])).exitCode === 0;
    await until(isCreating, { seconds: 120, every: 100, what: 'kubeadm init to have written etcd’s manifest' });
    await killHost(master);
    await bootHost(master);
    await until(async () => (await ca()) !== lost, { seconds: 300, what: 'a new cluster' });
    await allReady(300);
  });
  await restore();
  await allReady();
});
