import { isDeepStrictEqual } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { etcdMembers } from '../../faults/etcd.ts';
import { deployPods, podsAnswer } from '../../faults/pods.ts';
import { bootHost, hostExec, killHost } from '../../lab/hosts.ts';
import { master } from '../../lab/install.ts';
import { readyCluster } from '../support/cluster.ts';
import { isReady, pasteOn, preparedHost, shell } from '../support/induced.ts';
import { allReady, timed } from '../support/recovery.ts';
import { until } from '../support/until.ts';
import { addressOf, allMembers, kubectlOn, masters, seenMembers, threeMasters } from './cluster.ts';

const manifest = '/etc/kubernetes/manifests/etcd.yaml';

beforeAll(() => readyCluster(threeMasters()));

/** The API servers that kubeadm lists, whoever wrote the list. */
async function listedAddresses(): Promise<string[]> {
  const path = 'jsonpath={.data.ClusterStatus}';
  const status = await kubectlOn(master, 'get', 'configmap', '-n', 'kube-system', 'kubeadm-config', '-o', path);
  const { apiEndpoints } = parse(status) as { apiEndpoints: Record<string, { advertiseAddress: string }> };
  return Object.values(apiEndpoints)
    .map(({ advertiseAddress }) => advertiseAddress)
    .sort();
}

/** Three healthy members, no ghost, labels and taints as planned, and no secret of a join left. */
async function isWhole(host: string): Promise<void> {
  await isReady(host, 300);
  await until(async () => isDeepStrictEqual(await seenMembers(host), allMembers()), {
    seconds: 60,
    what: 'three started members',
  });
  await allReady();
  const node = JSON.parse(await kubectlOn(master, 'get', 'node', host, '-o', 'json'));
  expect(Object.keys(node.metadata.labels)).toContain('node-role.kubernetes.io/master');
  // A Node that has just become Ready loses the taint of one that was not a moment later.
  const taints = node.spec.taints.filter(({ key }: { key: string }) => !key.startsWith('node.kubernetes.io/'));
  expect(taints).toEqual([{ key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' }]);
  expect(await listedAddresses()).toEqual(masters.map(addressOf).sort());
  const secrets = () => kubectlOn(master, 'get', 'secrets', '-n', 'kube-system', '-o', 'name');
  await until(async () => !/kubeadm-certs|bootstrap-token/.test(await secrets()), {
    seconds: 60,
    what: 'the secrets of the join to be deleted',
  });
}

it('a master with a new disk rejoins with a new token: no ghost, labels as planned', async () => {
  await timed('master02 with a new disk', async () => {
    await preparedHost('master02');
    await pasteOn('master02');
    await isWhole('master02');
  });
  const node = JSON.parse(await kubectlOn(master, 'get', 'node', 'master02', '-o', 'json'));
  expect(node.metadata.labels).toMatchObject({ rack: 'b' });
});

it.each([
  ['before etcd', '/etc/kubernetes/manifests/kube-apiserver.yaml'],
  ['when etcd was added', manifest],
])('a join whose kubeadm is killed %s converges', async (_, file) => {
  await preparedHost('master03');
  await pasteOn('master03');
  await until(async () => (await hostExec('master03', ['test', '-e', file])).exitCode === 0, {
    seconds: 200,
    every: 50,
    what: file,
  });
  await shell('master03', 'systemctl kill -s KILL muster-kubeadm-join || true');
  await timed('master03 after its kubeadm was killed', () => isWhole('master03'));
});

it('a master that was reset manually rejoins', async () => {
  await shell('master03', 'kubeadm reset --force --kubeconfig /nonexistent >/dev/null 2>&1');
  await timed('master03 after kubeadm reset', () => isWhole('master03'));
});

it('a master whose member was removed while it was off is reset and rejoins', async () => {
  await killHost('master03');
  const removed = (await etcdMembers(master)).find(({ name }) => name === 'master03') as unknown as { ID: string };
  const pki = '/etc/kubernetes/pki/etcd';
  await shell(
    master,
    `curl -sf --cacert ${pki}/ca.crt --cert ${pki}/server.crt --key ${pki}/server.key -d '{"ID":"${removed.ID}"}' https://127.0.0.1:2379/v3/cluster/member/remove`,
  );
  await bootHost('master03');
  await timed('master03 after its member was removed', async () => {
    await until(async () => isDeepStrictEqual(await seenMembers(master), allMembers()), {
      seconds: 240,
      what: 'three started members again',
    });
    await isWhole('master03');
  });
});

it('a master whose Node was deleted registers again without a reset, and its pods run in its new range', async () => {
  const members = await etcdMembers(master);
  await deployPods();
  await podsAnswer(['master03']);
  await kubectlOn(master, 'delete', 'node', 'master03');
  const isThere = async () => (await kubectlOn(master, 'get', 'node', 'master03', '-o', 'name')) !== '';
  await timed('master03 after its Node was deleted', async () => {
    await until(isThere, { seconds: 60, what: 'its Node' });
    await isWhole('master03');
  });
  expect(await etcdMembers(master), 'etcd was left alone').toEqual(members);
  await podsAnswer(['master03']);
});
