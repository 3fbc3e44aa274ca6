import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { etcdMember } from '../../../agent/steps/created-cluster.ts';
import { kubeadmJoin } from '../../../agent/steps/kubeadm-join.ts';
import type { NodeFacts } from '../../../shared/protocol/facts.ts';
import type { TestMember } from '../etcd/cluster.ts';
import { controlPlaneOfFile, kubeadm, type Left, manifest, other, own, record, third } from './control-plane-host.ts';

const { api, host } = await controlPlaneOfFile();

describe('a control plane that holds the cluster', () => {
  it('is done while its etcd runs', async () => {
    expect(await kubeadmJoin.check(await host({ record: true, etcd: true }, own, other, third))).toEqual({
      state: 'done',
    });
  });

  it('waits and is never reset while its etcd is silent, whatever else is missing', async () => {
    const context = await host(
      { record: true, etcd: true, node: false, kubelet: false },
      { ...own, runs: false },
      other,
    );
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
    await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({ code: 'cluster-kept' });
    await kubeadmJoin.cleanUp?.(context);
    expect(kubeadm(context)).toEqual([]);
    expect(context.host.files.has(etcdMember)).toBe(true);
  });

  it('is reset and joins again once a majority of the others has removed its member', async () => {
    const context = await host({ record: true, etcd: true }, other, third);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.apply(context);
    expect(kubeadm(context)).toEqual([
      'reset --force --cri-socket',
      'join --config /run/muster-agent/kubeadm-join.yaml',
    ]);
  });

  it.each([
    ['peer URL', { ...own, name: '', runs: false }],
    ['name', { ...own, address: '192.168.0.200', runs: false }],
  ])('is kept while the others list its %s, whatever address the plan gives it', async (_, listed) => {
    const context = await host({ record: true, etcd: true }, listed, other, third);
    context.assignment.host.address = '192.168.0.199';
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
    await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({ code: 'cluster-kept' });
  });

  it('is kept if the manifest of its etcd is unreadable', async () => {
    const context = await host({ record: true, etcd: true }, other, third);
    await context.host.writeFile(manifest('etcd'), 'spec: {}');
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
  });

  it('does not trust a single other member without a majority', async () => {
    const context = await host({ record: true, etcd: true }, other, { ...third, runs: false });
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
  });

  it.each<[string, Left, string[]]>([
    ['whose Node was deleted registers again', { node: false }, ['init phase mark-control-plane']],
    [
      'whose kubelet has no credential gets one from its own CA',
      { kubelet: false },
      ['init phase kubeconfig', 'init phase mark-control-plane'],
    ],
  ])('and %s, without a reset', async (_, left, expected) => {
    const context = await host({ record: true, etcd: true, ...left }, own, other, third);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.apply(context);
    expect(kubeadm(context)).toEqual(expected);
    expect(context.host.lines()).toContain('systemctl restart kubelet');
  });
});

it('a Node that lacks the label of a control plane gets it, and its kubelet is not restarted', async () => {
  const context = await host({ record: true, etcd: true }, own, other, third);
  let labels: Record<string, string> = { rack: 'b' };
  context.node = async () => ({ ...({ name: 'master01', ready: true } as NodeFacts), labels });
  expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
  await kubeadmJoin.apply(context);
  expect(kubeadm(context)).toEqual(['init phase mark-control-plane']);
  expect(context.host.lines().filter((line) => line.includes('kubelet'))).toEqual([]);
  labels = { 'node-role.kubernetes.io/control-plane': '' };
  expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
});

describe('a join that was cut short', () => {
  it('is completed if etcd has started: its vote may be needed', async () => {
    const context = await host({ etcd: true }, own, other);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.cleanUp?.(context);
    await kubeadmJoin.apply(context);
    expect(kubeadm(context)).toEqual(['init phase mark-control-plane']);
    expect(context.host.files.has(record)).toBe(true);
    expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
  });

  it('adds the API server to the list that kubeadm keeps up to 1.21, in place of an entry for its address', async () => {
    const path = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';
    const status = JSON.stringify({ apiEndpoints: { old: { advertiseAddress: '192.168.0.130' }, master02: {} } });
    api.objects.set(path, { data: { ClusterConfiguration: 'kind: ClusterConfiguration\n', ClusterStatus: status } });
    await kubeadmJoin.apply(await host({ etcd: true }, own, other));
    const changed = api.requests.find(({ method, path: at }) => method === 'PATCH' && at === path);
    const { ClusterStatus } = changed?.body.data as { ClusterStatus: string };
    expect(parse(ClusterStatus)).toEqual({
      apiEndpoints: { master01: { advertiseAddress: '192.168.0.130', bindPort: 6443 }, master02: {} },
    });
  });

  it('waits for etcd while the cluster has no majority without it, and is not reset', async () => {
    const context = await host({ etcd: true }, { ...own, runs: false }, other);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
    await kubeadmJoin.cleanUp?.(context);
    await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({ code: 'cluster-kept' });
    expect(kubeadm(context)).toEqual([]);
  });

  it('keeps the second of two members that misses one answer, although the API has just answered', async () => {
    const context = await host({ etcd: true }, own, other);
    const etcdAt = context.etcdAt;
    context.etcdAt = async (address) => (address === '127.0.0.1' ? null : etcdAt(address));
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
    await kubeadmJoin.cleanUp?.(context);
    await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({ code: 'cluster-kept' });
    expect(kubeadm(context)).toEqual([]);
  });

  it.each<[string, Left, TestMember[]]>([
    ['etcd does not run and the others are a majority', { etcd: true }, [{ ...own, runs: false }, other, third]],
    ['etcd is a learner, which has no vote', { etcd: true }, [{ ...own, isLearner: true }, other]],
    ['etcd was not reached', {}, [other]],
    ['the kubelet was not reached', { kubelet: false, node: false }, [other]],
  ])('is reset and joins again if %s', async (_, left, members) => {
    const context = await host(left, ...members);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.cleanUp?.(context);
    await kubeadmJoin.apply(context);
    expect(kubeadm(context)).toContain('reset --force --cri-socket');
    expect(kubeadm(context).at(-1)).toMatch(/^join/);
  });
});

it('a worker that is planned as a control plane is not reset by a join', async () => {
  const context = await host({ apiServer: false }, other);
  expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
});
