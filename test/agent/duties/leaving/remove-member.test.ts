import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { startEtcd } from '../../etcd/cluster.ts';
import { nodeObject } from '../../kube/api-server.ts';
import { controlPlane } from '../control-plane.ts';

const plane = await controlPlane();
const etcd = await startEtcd();
afterAll(etcd.close);

const lease = '/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/muster-control-plane-away';
const config = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';
const nodeOf = (name: string) => `/api/v1/nodes/${name}`;
const addressesOf = { master01: '192.168.0.130', master02: '192.168.0.122', master03: '192.168.0.123' };
type Name = keyof typeof addressesOf;
const names = Object.keys(addressesOf) as Name[];

/** Control planes with a Node; `down`: their etcd does not answer. */
async function masters(all: readonly Name[], down: readonly Name[] = []): Promise<void> {
  for (const name of all) {
    const address = addressesOf[name];
    await etcd.add({ id: name.slice(-1), name, address, runs: !down.includes(name) });
    const node = nodeObject(name, true);
    const labels = { 'node-role.kubernetes.io/master': '' };
    const status = { ...node.status, addresses: [{ type: 'InternalIP', address }] };
    plane.api.objects.set(nodeOf(name), { ...node, metadata: { ...node.metadata, labels }, status });
  }
}

beforeEach(() => {
  etcd.members.length = 0;
  etcd.removed.length = 0;
  etcd.led.length = 0;
  plane.api.objects.set(config, {
    metadata: { resourceVersion: '5' },
    data: { ClusterConfiguration: 'kind: ClusterConfiguration\n', ClusterStatus: '{"apiEndpoints":{}}' },
  });
});

/** Another control plane, whose etcd answers, performs the duty. */
const elsewhere = (host: string) =>
  etcd.etcdOf(etcd.members.find(({ name, runs }) => runs && name !== host)?.address ?? '192.168.0.130');
const perform = (type: string, host: string) => plane.perform({ type, host }, undefined, { etcdAt: elsewhere(host) });
const holder = () => (plane.api.objects.get(lease) as { spec: { holderIdentity?: string } }).spec.holderIdentity;
const hold = (host: string, renewTime: string) =>
  plane.api.objects.set(lease, {
    metadata: { name: 'muster-control-plane-away', resourceVersion: '1' },
    spec: { holderIdentity: host, acquireTime: renewTime, renewTime, leaseDurationSeconds: 3600 },
  });
const done = { outcome: 'done' };
const failed = (text: RegExp) => ({ outcome: 'failed', message: { en: expect.stringMatching(text) } });

describe('stepping aside', () => {
  it('takes the Lease, and keeps it however often it is asked for', async () => {
    await masters(names);
    expect(await perform('step-aside', 'master02')).toEqual(done);
    expect(await perform('step-aside', 'master02')).toEqual(done);
    expect(plane.api.objects.get(lease)).toMatchObject({
      spec: {
        holderIdentity: 'master02',
        leaseDurationSeconds: 3600,
        renewTime: expect.stringMatching(/\.\d{6}Z$/),
      },
    });
  });

  it('is refused with the name of the one that is away, until it is back or its time is over', async () => {
    await masters(names);
    hold('master03', '2025-12-31T23:30:00.000000Z');
    expect(await perform('step-aside', 'master02')).toMatchObject(failed(/master03 .*since 2025-12-31/));
    expect(await perform('step-back', 'master02')).toEqual(done);
    expect(holder()).toBe('master03');
    expect(await perform('step-back', 'master03')).toEqual(done);
    expect(await perform('step-aside', 'master02')).toEqual(done);
    hold('master03', '2025-12-31T22:30:00.000000Z');
    expect(await perform('step-aside', 'master02')).toEqual(done);
  });

  it.each<[string, Name[], Name[], Name]>([
    ['another one of three is down', names, ['master03'], 'master02'],
    ['the other one of two is down', ['master01', 'master02'], ['master01'], 'master02'],
    ['there is no other one', ['master01'], [], 'master01'],
  ])('is refused while %s', async (_, all, down, name) => {
    await masters(all, down);
    expect((await perform('step-aside', name)).outcome).toBe('failed');
    expect(plane.api.objects.has(lease)).toBe(false);
  });

  it('is possible for the one that is down', async () => {
    await masters(names, ['master03']);
    expect(await perform('step-aside', 'master03')).toEqual(done);
  });

  it('is refused for a host that no plan has named', async () => {
    await masters(names);
    const means = { etcdAt: elsewhere('db01'), isKnown: () => false };
    const refused = await plane.perform({ type: 'step-aside', host: 'db01' }, undefined, means);
    expect(refused.outcome).toBe('failed');
  });
});

describe('removing a member', () => {
  it('moves the leadership first, and removes the member at the planned address', async () => {
    await masters(names);
    expect(await perform('remove-member', 'master01')).toEqual(done);
    expect(etcd.led).toEqual(['2']);
    expect(etcd.removed).toEqual(['1']);
    expect(await perform('remove-member', 'master01')).toEqual(done);
    expect(etcd.removed).toEqual(['1']);
  });

  it('does not move a leadership that the host does not have', async () => {
    await masters(names);
    await perform('remove-member', 'master03');
    expect([etcd.led, etcd.removed]).toEqual([[], ['3']]);
  });

  it('removes one that is down, but none while the rest would have no majority', async () => {
    await masters(names, ['master03']);
    expect(await perform('remove-member', 'master02')).toMatchObject(failed(/1 of 2 members answer; required: 2/));
    await perform('step-back', 'master02');
    expect(await perform('remove-member', 'master03')).toEqual(done);
    expect(etcd.removed).toEqual(['3']);
  });

  it('goes from three to one, and never removes the last', async () => {
    await masters(names);
    for (const name of ['master03', 'master02']) {
      expect(await perform('remove-member', name)).toEqual(done);
      await perform('step-back', name);
    }
    expect((await perform('remove-member', 'master01')).outcome).toBe('failed');
    expect(etcd.removed).toEqual(['3', '2']);
  });

  it('ignores the address that the Node reports', async () => {
    await masters(names);
    const node = plane.api.objects.get(nodeOf('master01')) as { status: object };
    const addresses = [{ type: 'InternalIP', address: addressesOf.master02 }];
    plane.api.objects.set(nodeOf('node01'), { ...node, status: { ...node.status, addresses } });
    expect(await perform('remove-member', 'node01')).toEqual(done);
    expect(etcd.removed).toEqual([]);
  });

  it('finds the member by its name where the plan has changed the address', async () => {
    await masters(['master01', 'master02']);
    await etcd.add({ id: '3', name: 'master03', address: '192.168.0.199', runs: true });
    expect(await perform('remove-member', 'master03')).toEqual(done);
    expect(etcd.removed).toEqual(['3']);
  });

  it.each([
    ['of another name', { name: 'master09', address: addressesOf.master03 }],
    ['at the planned address of another one', { name: 'node01', address: addressesOf.master03 }],
  ])('never removes a member %s', async (_, member) => {
    await masters(['master01', 'master02']);
    await etcd.add({ id: '3', ...member, runs: true });
    const host = member.name === 'node01' ? 'node01' : 'master03';
    expect(await perform('remove-member', host)).toMatchObject(failed(/another control plane/));
    expect(etcd.removed).toEqual([]);
  });

  it('waits while another control plane is away', async () => {
    await masters(names);
    hold('master03', '2025-12-31T23:59:00.000000Z');
    expect((await perform('remove-member', 'master02')).outcome).toBe('failed');
    expect(etcd.removed).toEqual([]);
  });
});

describe('deleting the Node of a control plane', () => {
  it('is refused while etcd has its member', async () => {
    await masters(names);
    expect(await perform('delete-node', 'master02')).toMatchObject(failed(/control plane/));
    await perform('remove-member', 'master02');
    expect(await perform('delete-node', 'master02')).toEqual(done);
    expect(plane.api.objects.has(nodeOf('master02'))).toBe(false);
  });
});
