import { expect, it } from 'vitest';
import { removeLeftovers } from '../../../agent/backup/leftovers.ts';
import { fakeHost } from '../fake-host.ts';

const folder = '/var/lib/muster-agent/cluster-backups';
const kept = [`${folder}/cluster-20261130T010000Z/snapshot.db`, `${folder}/recovery.pub`];
const host = (...names: string[]) =>
  fakeHost({
    files: Object.fromEntries([...kept, ...names.map((name) => `${folder}/${name}`)].map((path) => [path, ''])),
  });

it('removes the scratch folder and the containers of a verification that was cut short', async () => {
  const found = host('.check-a1b2c3/etcd/member/snap/db');
  await removeLeftovers(found, folder);
  expect([...found.files.keys()].sort()).toEqual(kept);
  expect(found.lines()).toEqual(
    expect.arrayContaining([
      'docker rm --force muster-etcd-check',
      'ctr --namespace k8s.io container rm muster-etcd-check',
    ]),
  );
});

it('removes a backup that is not complete or was about to be encrypted', async () => {
  const found = host('.packed.tar.gz', '.partial/pki/ca.key');
  await removeLeftovers(found, folder);
  expect([...found.files.keys()].sort()).toEqual(kept);
});

it('runs nothing where nothing was cut short', async () => {
  const found = host();
  await removeLeftovers(found, folder);
  expect([found.lines(), [...found.files.keys()].sort()]).toEqual([[], kept]);
});
