import { beforeAll, expect, it } from 'vitest';
import { clusterStatus, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import { shell } from '../support/induced.ts';
import { timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { kubectlOn } from './cluster.ts';

/** One master is enough: a backup of several is made and restored by one of them. */
beforeAll(() => readyCluster(labPlan({ runtime: 'containerd', hosts: 1 })));

const create = (name: string) => kubectlOn(master, 'create', 'configmap', name);
const has = async (name: string) => (await kubectlOn(master, 'get', 'configmaps', '-o', 'name')).includes(name);
const backups = '/var/lib/muster-agent/cluster-backups';

it('a backup of the cluster is restored into an etcd of its own, and the status says since when', async () => {
  await create('before');
  const printed = await on(master, 'muster', 'backup', '--cluster');
  expect(printed).toMatch(/^master01: cluster-\d{8}T\d{6}Z, restorable as of /m);
  const { etcd } = (await clusterStatus()).cluster;
  expect(etcd).toMatchObject({ hasQuorum: true, members: [{ name: master, answers: true, isLeader: true }] });
  expect(etcd?.restorable?.host).toBe(master);
  expect(await shell(master, `stat -c %a ${backups} ${backups}/cluster-*/snapshot.db`)).toMatch(/^700\n600/);
  expect(await shell(master, 'ps -C etcd -o args= | grep -c data-dir')).toBe('1');
});

it('a damaged database is restored from the backup after an operator’s decision; the old one is kept', async () => {
  await create('after');
  await shell(
    master,
    'dd if=/dev/zero of=/var/lib/etcd/member/snap/db bs=1M count=1 conv=notrunc; pkill -x etcd || true',
  );
  const silent = async () => (await on(master, 'muster', 'status')).includes('this host’s member does not answer');
  await until(silent, { seconds: 400, every: 1000, what: 'the damaged member to be shown' });
  await on(master, 'muster', 'recover', '--from-backup', '--yes');
  await timed('restore', () =>
    until(() => has('before').catch(() => false), { seconds: 300, every: 500, what: 'the backup’s data' }),
  );
  expect(await has('after')).toBe(false);
  expect(await shell(master, 'ls -d /var/lib/etcd-before-*/member')).toContain('/member');
  const ready = async () => (await clusterStatus()).hosts.every(({ phase }) => phase === 'ready');
  await until(ready, { seconds: 240, every: 500, what: 'the host to be Ready' });
  expect((await clusterStatus()).notices ?? []).toEqual([]);
});
