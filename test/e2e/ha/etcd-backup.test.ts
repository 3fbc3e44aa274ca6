import { beforeAll, expect, it } from 'vitest';
import { hostExec } from '../../lab/hosts.ts';
import { clusterStatus, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { readyCluster } from '../support/cluster.ts';
import { shell } from '../support/induced.ts';
import { timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { kubectlOn } from './cluster.ts';

/** One master is enough: a backup of several is made and restored by one of them. */
beforeAll(() => readyCluster(labPlan({ runtime: 'containerd', hosts: 1 })));

const backups = '/var/lib/muster-agent/cluster-backups';

it('a backup of the cluster is restored into an etcd of its own, and the status says since when', async () => {
  await kubectlOn(master, 'create', 'configmap', 'before');
  const printed = await on(master, 'muster', 'backup', '--cluster');
  expect(printed).toMatch(/^master01: cluster-\d{8}T\d{6}Z, verified at /m);
  const { etcd } = (await clusterStatus()).cluster;
  expect(etcd).toMatchObject({ hasQuorum: true, members: [{ name: master, answers: true, isLeader: true }] });
  expect(etcd?.restorable?.host).toBe(master);
  expect(await shell(master, `stat -c %a ${backups} ${backups}/cluster-*/snapshot.db`)).toMatch(/^700\n600/);
  expect((await shell(master, 'ps -C etcd -o args= | grep -c data-dir')).trim()).toBe('1');
});

const manifests = '/etc/kubernetes/manifests';
/** Stops etcd, does something to its data, and gives it back to the kubelet. */
const whileStopped = (script: string) =>
  shell(
    master,
    `mv ${manifests}/etcd.yaml /root/ && while pgrep -x etcd >/dev/null; do sleep 0.5; done; ${script}; mv /root/etcd.yaml ${manifests}/`,
  );

const configMaps = async () =>
  (await kubectlOn(master, 'get', 'configmaps', '-o', 'name').catch(() => '')).split('\n').filter(Boolean);

async function recoverFromBackup(): Promise<void> {
  const ordered = async () => (await hostExec(master, ['muster', 'recover', '--from-backup', '--yes'])).exitCode === 0;
  await until(ordered, { seconds: 120, every: 2000, what: 'the order to be accepted' });
  const isBack = async () => (await configMaps()).includes('configmap/before');
  await timed('restore', () => until(isBack, { seconds: 300, every: 500, what: 'the data of the backup' }));
  const isReady = async () => (await clusterStatus()).hosts.every(({ phase }) => phase === 'ready');
  await until(isReady, { seconds: 200, every: 1000, what: 'a Ready control plane' });
}

it('a damaged database: muster recover --from-backup ends Ready with the backup’s data', async () => {
  await kubectlOn(master, 'create', 'configmap', 'after');
  await whileStopped('dd if=/dev/zero of=/var/lib/etcd/member/snap/db bs=4096 count=16 conv=notrunc');
  await recoverFromBackup();
  expect(await configMaps()).not.toContain('configmap/after');
});

it('deleted data: etcd starts empty, backups are kept, and muster recover --from-backup brings the data back', async () => {
  await on(master, 'muster', 'backup', '--cluster');
  const kept = await shell(master, `ls ${backups}`);
  await whileStopped('rm -rf /var/lib/etcd/member');
  const isSeen = async () =>
    (await clusterStatus()).hosts.some(({ findings }) =>
      findings.some(({ id, level }) => id === 'etcd-data' && level !== 'ok'),
    );
  await until(isSeen, { seconds: 150, every: 1000, what: 'the replaced data to be reported' });
  expect((await hostExec(master, ['muster', 'backup', '--cluster'])).exitCode).not.toBe(0);
  expect(await shell(master, `ls ${backups}`)).toBe(kept);
  await recoverFromBackup();
});
