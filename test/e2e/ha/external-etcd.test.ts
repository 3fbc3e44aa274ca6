import { beforeAll, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { pasteEverywhere, preparedLab, waitUntilReady } from '../../lab/bring-up.ts';
import { hostExec } from '../../lab/hosts.ts';
import { clusterStatus, installCoordinator, master, on } from '../../lab/install.ts';
import { labPlan } from '../../lab/plan.ts';
import { buildRelease } from '../../lab/release.ts';
import { isReady, shell } from '../support/induced.ts';
import { allReady, timed } from '../support/recovery.ts';
import { labIsNew } from '../support/spoilt.ts';
import { until } from '../support/until.ts';
import { kubectlOn } from './cluster.ts';
import { clientFolder, keysIn, plannedEtcd, startSiteEtcd } from './site-etcd.ts';

const [second, worker] = ['master02', 'node01'];
const masters = [master, second];
const marker = '/registry/configmaps/default/marker';
const say = (line: string) => process.stdout.write(`  ${line}\n`);
let clientKey = '';

/** The host has been a node again since its reset. */
async function isBack(host: string): Promise<void> {
  const isNode = async () => (await hostExec(host, ['test', '-e', '/etc/kubernetes/kubelet.conf'])).exitCode === 0;
  await until(isNode, { seconds: 400, every: 1000, what: `${host} to be a node again` });
  await isReady(host, 300);
}

/** Two masters whose etcd runs on the worker. Only the first master gets the client files. */
beforeAll(async () => {
  const archive = await buildRelease(say);
  await preparedLab({ hosts: 3, masters: 2, runtime: 'containerd', say });
  labIsNew();
  clientKey = await startSiteEtcd(worker, master);
  const plan = parse(labPlan({ runtime: 'containerd', hosts: 3, masters: 2 }));
  await installCoordinator(archive, stringify({ ...plan, etcd: plannedEtcd(worker) }));
  await pasteEverywhere([worker, ...masters.toReversed()]);
  await waitUntilReady({ seconds: 400, show: false });
});

it('two masters and a worker become Ready, and the cluster’s data is in the site’s etcd', async () => {
  await kubectlOn(second, 'create', 'configmap', 'marker');
  expect(await keysIn(worker, marker)).toEqual([marker]);
  expect(await kubectlOn(master, 'get', 'pods', '-n', 'kube-system', '-o', 'name')).not.toContain('etcd-');
  expect((await clusterStatus()).cluster.etcd).toMatchObject({
    isExternal: true,
    hasQuorum: true,
    members: [{ name: 'site', answers: true, isLeader: true }],
  });
});

it('the join brings the client files to the second master; neither the worker nor the coordinator has the key', async () => {
  expect(await shell(second, `stat -c %a ${clientFolder}/client.key`)).toBe('600\n');
  const [, secret = ''] = clientKey.split('\n');
  const places = '/var/lib/muster /var/log /run/muster-agent /etc/muster';
  for (const host of [...masters, worker]) {
    const found = await hostExec(host, ['grep', '-rlFe', secret, ...places.split(' ')]);
    expect(found.stdout).toBe('');
  }
  expect((await hostExec(worker, ['test', '-e', clientFolder])).exitCode).toBe(1);
});

it('a backup has a snapshot of the site’s etcd; its restore is the site’s', async () => {
  expect(await on(master, 'muster', 'backup', '--cluster')).toMatch(/^master01: cluster-\S+, not restored/m);
  await shell(
    master,
    'for made in /var/lib/muster-agent/cluster-backups/cluster-*/snapshot.db; do test -s $made; done',
  );
});

it('a master that was reset manually rejoins', async () => {
  await shell(second, 'kubeadm reset --force --kubeconfig /nonexistent >/dev/null 2>&1');
  await timed('master02 after kubeadm reset', () => isBack(second));
  await allReady();
});
