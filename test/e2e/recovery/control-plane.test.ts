import { afterEach, beforeAll, expect, it } from 'vitest';
import { controlPlaneFaults } from '../../faults/control-plane.ts';
import { journalOf, nodesSeen } from '../../faults/observe.ts';
import { reset } from '../../faults/worker.ts';
import { bootHost, hostExec, killHost } from '../../lab/hosts.ts';
import { master, on } from '../../lab/install.ts';
import { workers } from '../support/cluster.ts';
import { hostStatus, shell } from '../support/induced.ts';
import { changePlan } from '../support/plan-change.ts';
import { allReady, allWork, currentCa, standing, timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { mountEtcd, mountEtcdAgain, unmountEtcd } from './etcd-mount.ts';

beforeAll(standing);
afterEach(() => allWork());

const untilSummary = (pattern: RegExp, what: string) =>
  until(async () => pattern.test((await hostStatus(master)).summary.en), { seconds: 120, every: 300, what });

/** The command at the end of what the status says that is to be done. */
async function remedyCommand(host: string): Promise<string> {
  const { remedy } = await hostStatus(host);
  return /on this host: (.*)$/.exec(remedy.en)?.[1] ?? expect.fail(`no command in: ${remedy.en}`);
}

/** The agent does not see the host between the reset and the loss of the mount. */
async function unmountedReset(): Promise<void> {
  await on(master, 'systemctl', 'stop', 'muster-agent');
  await reset(master);
  await unmountEtcd(master);
  await on(master, 'systemctl', 'start', 'muster-agent');
}

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

/** Makes the coordinator believe in a cluster with another CA, its own. */
const misled = `const { DatabaseSync } = require('node:sqlite');
const { createHash, X509Certificate } = require('node:crypto');
const caPem = require('node:fs').readFileSync('/etc/muster-agent/ca.crt', 'utf8');
const caSha256 = createHash('sha256').update(new X509Certificate(caPem).raw).digest('hex');
const db = new DatabaseSync('/var/lib/muster/muster.db');
db.prepare("UPDATE meta SET value = ? WHERE key = 'cluster'").run(JSON.stringify({ caPem, caSha256 }));
db.close();`;

it('no worker leaves a cluster that still answers, whatever the coordinator says', async () => {
  const uids = async () => [...(await nodesSeen())].map(([name, { uid }]) => [name, uid]);
  const before = await uids();
  // The control plane's agent would put it right at once.
  await on(master, 'systemctl', 'stop', 'muster-agent', 'muster-coordinator');
  await on(master, '/opt/muster/runtime/bin/node', '-e', misled);
  await on(master, 'systemctl', 'start', 'muster-coordinator');
  const stays = async (host: string) =>
    /API server/.test((await hostStatus(host)).steps.find(({ id }) => id === 'kubeadm-join')?.message ?? '');
  await until(async () => (await Promise.all(workers.map(stays))).every(Boolean), {
    seconds: 120,
    what: 'the workers to say why they stay',
  });
  await new Promise((resolve) => setTimeout(resolve, 5000));
  expect(await uids()).toEqual(before);
  await on(master, 'systemctl', 'start', 'muster-agent');
  await timed('the coordinator put right', () => allReady());
  expect(await uids()).toEqual(before);
});

it('the only control plane that was reset waits for the operator’s word, and then all come back in a new cluster', async () => {
  const lost = await currentCa();
  const refused = await hostExec(master, ['muster', 'recover', '--yes']);
  expect(refused.exitCode, 'nothing is lost yet').not.toBe(0);

  const key = '/etc/kubernetes/pki/ca.key';
  await on(master, 'cp', key, '/root/ca.key');
  await reset(master);
  // Something in etcd's folder may be its data.
  await on(master, 'mkdir', '-p', '/var/lib/etcd/backup');
  await untilSummary(/\/var\/lib\/etcd/, 'the doubt to be told');
  await on(master, 'rmdir', '/var/lib/etcd/backup');
  const isAsked = async () => /muster recover/.test((await hostStatus(master)).remedy.en);
  await until(isAsked, { seconds: 120, every: 300, what: 'the status to name the command' });
  expect(await currentCa()).toBe(lost);
  expect((await hostStatus(master)).diagnosis?.id).toBe('cluster-lost');
  // With the key of its CA the cluster could be had back: while it is there no word makes another.
  await on(master, 'cp', '/root/ca.key', key);
  await untilSummary(/admin\.conf/, 'the key to be seen');
  const tries = async () => (await journalOf(master))['kubeadm-init']?.attempts;
  const before = await tries();
  await hostExec(master, ['muster', 'recover', '--yes']);
  await new Promise((resolve) => setTimeout(resolve, 8000));
  expect(await tries()).toBe(before);
  await on(master, 'cmp', '/root/ca.key', key);
  await on(master, 'rm', key, '/root/ca.key');
  // Where etcd's data was and another file system stands now, it can't be told whether the data is gone: the remedy is done as it is printed.
  await mountEtcd(master);
  await untilSummary(/\/var\/lib\/etcd.*mount|mount.*\/var\/lib\/etcd/, 'the other file system to be told of');
  await hostExec(master, ['muster', 'recover', '--yes']);
  await new Promise((resolve) => setTimeout(resolve, 8000));
  expect(await tries()).toBe(before);
  await shell(master, await remedyCommand(master));

  await timed('control plane created again, by command', async () => {
    const isAnew = async () => {
      if (await isAsked()) await hostExec(master, ['muster', 'recover', '--yes']);
      return (await currentCa()) !== lost;
    };
    await until(isAnew, { seconds: 300, what: 'a new cluster' });
    await allReady(300);
  });
  expect([...(await nodesSeen()).keys()].sort()).toEqual([master, ...workers]);
});

it('with `recovery: auto` no decision is requested, even after a power cut during init', async () => {
  const lost = await currentCa();
  const restore = await changePlan((plan) => {
    plan.recovery = 'auto';
  });
  const tries = async () => (await journalOf(master))['kubeadm-init']?.attempts;
  const before = await tries();
  await unmountedReset();
  // The plan allows it, and yet: the file system that held etcd's data is not there.
  await untilSummary(/\/var\/lib\/etcd.*mount|mount.*\/var\/lib\/etcd/, 'the mount that is missing to be told of');
  await new Promise((resolve) => setTimeout(resolve, 8000));
  expect([await tries(), await currentCa()]).toEqual([before, lost]);
  await timed('control plane created again, by plan, with a power cut', async () => {
    await mountEtcdAgain(master);
    const isCreating = async () =>
      (await journalOf(master))['kubeadm-init']?.state === 'applying' &&
      (await hostExec(master, ['test', '-e', '/etc/kubernetes/manifests/etcd.yaml'])).exitCode === 0;
    await until(isCreating, { seconds: 120, every: 100, what: 'kubeadm init to have written etcd’s manifest' });
    await killHost(master);
    await bootHost(master);
    await until(async () => (await currentCa()) !== lost, { seconds: 300, what: 'a new cluster' });
    await allReady(300);
  });
  await restore();
});
