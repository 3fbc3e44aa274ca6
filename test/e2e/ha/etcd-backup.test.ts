import { beforeAll, expect, it } from 'vitest';
import { clusterStatus, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import { shell } from '../support/induced.ts';
import { kubectlOn } from './cluster.ts';

/** One master is enough: a backup of several is made and restored by one of them. */
beforeAll(() => readyCluster(labPlan({ runtime: 'containerd', hosts: 1 })));

const backups = '/var/lib/muster-agent/cluster-backups';

it('a backup of the cluster is restored into an etcd of its own, and the status says since when', async () => {
  await kubectlOn(master, 'create', 'configmap', 'before');
  const printed = await on(master, 'muster', 'backup', '--cluster');
  expect(printed).toMatch(/^master01: cluster-\d{8}T\d{6}Z, restorable as of /m);
  const { etcd } = (await clusterStatus()).cluster;
  expect(etcd).toMatchObject({ hasQuorum: true, members: [{ name: master, answers: true, isLeader: true }] });
  expect(etcd?.restorable?.host).toBe(master);
  expect(await shell(master, `stat -c %a ${backups} ${backups}/cluster-*/snapshot.db`)).toMatch(/^700\n600/);
  expect((await shell(master, 'ps -C etcd -o args= | grep -c data-dir')).trim()).toBe('1');
});
