import { isDeepStrictEqual } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { wipeHost } from '../../lab/hosts.ts';
import { clusterStatus, master, on } from '../../lab/install.ts';
import { readyCluster } from '../support/cluster.ts';
import { pasteOn, preparedHost } from '../support/induced.ts';
import { timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { allMembers, kubectlOn, masters, seenMembers, threeMasters } from './cluster.ts';

beforeAll(() => readyCluster(threeMasters()));

const lost = masters.filter((name) => name !== master);

it('every master backs up the cluster and proves that it restores', async () => {
  const printed = await on(master, 'muster', 'backup', '--cluster');
  for (const name of masters) expect(printed).toMatch(new RegExp(`^${name}: cluster-\\S+, verified at`, 'm'));
});

async function loseTwoDisks(): Promise<void> {
  await Promise.all(lost.map((name) => wipeHost(name)));
  const noQuorum = async () => (await on(master, 'muster', 'status')).includes('no quorum');
  await until(noQuorum, { seconds: 400, every: 1000, what: 'the lost quorum to be shown' });
}

const exists = async (name: string) =>
  (await kubectlOn(master, 'get', 'configmap', name, '-o', 'name').catch(() => '')) !== '';

const isRestored = (name: string) =>
  timed('restore', () => until(() => exists(name), { seconds: 300, every: 500, what: `${name} in the restored etcd` }));

async function joinAgain(): Promise<void> {
  for (const name of lost) {
    await preparedHost(name);
    await pasteOn(name);
  }
  const allBack = async () => {
    const { hosts } = await clusterStatus();
    return hosts.every(({ phase }) => phase === 'ready') && isDeepStrictEqual(await seenMembers(master), allMembers());
  };
  await timed('both masters again', () => until(allBack, { seconds: 600, every: 1000, what: 'three members' }));
}

it('two lost disks: muster recover restores from the survivor, and the others join again', async () => {
  await kubectlOn(master, 'create', 'configmap', 'kept');
  await loseTwoDisks();
  await on(master, 'muster', 'recover', '--yes');
  await isRestored('kept');
  await joinAgain();
  expect(await exists('kept')).toBe(true);
});

it('two lost disks: muster recover --from-backup ends Ready with the backup’s data', async () => {
  await kubectlOn(master, 'create', 'configmap', 'in-backup');
  await on(master, 'muster', 'backup', '--cluster');
  await kubectlOn(master, 'create', 'configmap', 'later');
  await loseTwoDisks();
  await on(master, 'muster', 'recover', '--from-backup', '--yes');
  await isRestored('in-backup');
  await joinAgain();
  expect([await exists('in-backup'), await exists('later')]).toEqual([true, false]);
});
