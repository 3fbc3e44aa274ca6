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

it('two lost disks: muster recover restores from the survivor, and the others join again', async () => {
  await kubectlOn(master, 'create', 'configmap', 'kept');
  await Promise.all(lost.map((name) => wipeHost(name)));
  const noQuorum = async () => (await on(master, 'muster', 'status')).includes('no quorum');
  await until(noQuorum, { seconds: 400, every: 1000, what: 'the lost quorum to be shown' });
  await on(master, 'muster', 'recover', '--yes');
  const isKept = () => kubectlOn(master, 'get', 'configmap', 'kept', '-o', 'name').catch(() => '');
  await timed('restore', () =>
    until(async () => (await isKept()) !== '', { seconds: 300, every: 500, what: 'the data of the survivor' }),
  );
  for (const name of lost) {
    await preparedHost(name);
    await pasteOn(name);
  }
  const allBack = async () => {
    const { hosts } = await clusterStatus();
    return hosts.every(({ phase }) => phase === 'ready') && isDeepStrictEqual(await seenMembers(master), allMembers());
  };
  await timed('both masters again', () => until(allBack, { seconds: 600, every: 1000, what: 'three members' }));
  expect(await isKept()).not.toBe('');
});
