import { beforeAll, expect, it } from 'vitest';
import { nodesSeen } from '../../faults/observe.ts';
import { hostExec } from '../../lab/hosts.ts';
import { clusterStatus, master, on, unpackRelease } from '../../lab/install.ts';
import { buildRelease } from '../../lab/release.ts';
import { copyKeptBy, restore } from '../support/backup.ts';
import { workers } from '../support/cluster.ts';
import { hostStatus, pasteOn, preparedHost } from '../support/induced.ts';
import { allReady, allWork, currentCa, standing, timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';

beforeAll(standing);

const credentials = () =>
  Promise.all(workers.map((host) => on(host, 'sha256sum', '/var/lib/muster-agent/credential.json')));
const remedyHas = (words: string) =>
  until(async () => (await hostStatus(master)).remedy.en.includes(words), {
    seconds: 120,
    what: `the status to name ${words}`,
  });

it('master01’s disk is lost, with coordinator and control plane: a copy, a token for it and the operator’s word bring all back', async () => {
  const archive = await buildRelease(() => undefined);
  const plan = await on(master, 'cat', '/root/cluster.yaml');
  const known = await credentials();
  const lost = await currentCa();
  const copy = await copyKeptBy('node01');
  expect(copy.sealed.includes('PRIVATE KEY')).toBe(false);

  await preparedHost(master);
  await timed('coordinator restored on a new disk, and heard by the workers', async () => {
    await unpackRelease(archive);
    await restore(copy);
    const isHeard = async () =>
      (await clusterStatus()).hosts.every(
        ({ name, secondsSinceContact }) => name === master || (secondsSinceContact ?? 99) < 20,
      );
    await until(isHeard, { seconds: 120, what: 'the workers to be heard of' });
  });
  expect(await credentials(), 'no agent needs a new token').toEqual(known);
  // For its own agent it is a machine with a new disk.
  await remedyHas(`muster token create ${master}`);
  await pasteOn(master);
  await remedyHas('muster recover');
  expect(await currentCa()).toBe(lost);
  await timed('a new cluster in the place of the lost one', async () => {
    expect((await hostExec(master, ['muster', 'recover', '--yes'])).exitCode).toBe(0);
    await until(async () => (await currentCa()) !== lost, { seconds: 300, what: 'a new cluster' });
    await allReady(300);
  });
  await allWork();
  expect([...(await nodesSeen()).keys()].sort()).toEqual([master, ...workers]);
  expect(await credentials()).toEqual(known);
  for (const file of ['/root/cluster.yaml', '/etc/muster/cluster.yaml'])
    expect((await hostExec(master, ['tee', file], { input: plan })).exitCode).toBe(0);
});
