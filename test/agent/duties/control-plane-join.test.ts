import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { createRecoveryKey } from '../../../shared/node/age.ts';
import { openText } from '../../../shared/node/sealed-text.ts';
import { startEtcd, type TestMember } from '../etcd/cluster.ts';
import { controlPlane } from './control-plane.ts';

const plane = await controlPlane();
const etcd = await startEtcd();
afterAll(etcd.close);

const secrets = '/api/v1/namespaces/kube-system/secrets';
const certificates = `${secrets}/kubeadm-certs`;
const config = '/api/v1/namespaces/kube-system/configmaps/kubeadm-config';
const nodeOf = (name: string) => `/api/v1/nodes/${name}`;
const clusterConfiguration =
  'apiVersion: kubeadm.k8s.io/v1beta2\nkind: ClusterConfiguration\nkubernetesVersion: v1.20.2\n';
const apiEndpoints = {
  master01: { advertiseAddress: '192.168.0.130', bindPort: 6443 },
  master02: { advertiseAddress: '192.168.0.122', bindPort: 6443 },
};

const members: Record<string, TestMember> = {
  master01: { id: '1', name: 'master01', address: '192.168.0.130', runs: true },
  master02: { id: '2', name: 'master02', address: '192.168.0.122', runs: true },
  master03: { id: '3', name: 'master03', address: '192.168.0.123', runs: true },
};

async function etcdWith(...list: (Partial<TestMember> & { name: string })[]): Promise<void> {
  for (const member of list) await etcd.add({ ...members[member.name], ...member } as TestMember);
}

beforeEach(() => {
  etcd.members.length = 0;
  etcd.removed.length = 0;
  plane.api.objects.set(config, {
    metadata: { resourceVersion: '5' },
    data: { ClusterConfiguration: clusterConfiguration, ClusterStatus: JSON.stringify({ apiEndpoints }) },
  });
  plane.api.hooks.push(({ path, method }) => {
    if (path.startsWith(`${secrets}/bootstrap-token-`) && method === 'GET') {
      const there = plane.api.objects.get(path);
      const metadata = { uid: 'token-uid', ...(there?.metadata as object) };
      return there === undefined ? { status: 404 } : { status: 200, body: { ...there, metadata } };
    }
    if (!path.endsWith('/cluster-info')) return undefined;
    const ids = [...plane.api.objects.keys()].flatMap((key) => /bootstrap-token-(\w+)$/.exec(key)?.[1] ?? []);
    return { status: 200, body: { data: Object.fromEntries(ids.map((id) => [`jws-kubeconfig-${id}`, 's'])) } };
  });
  // kubeadm's own upload, which it ties to a token with two hours to live.
  plane.programs.kubeadm = (args) => {
    const file = args[args.indexOf('--config') + 1] ?? '';
    plane.api.objects.set(`${secrets}/bootstrap-token-proxy1`, { metadata: { name: 'bootstrap-token-proxy1' } });
    plane.api.objects.set(certificates, {
      metadata: { uid: 'u', ownerReferences: [{ kind: 'Secret', name: 'bootstrap-token-proxy1' }] },
      config: plane.host().content(file),
      mode: plane.host().files.get(file)?.mode,
    });
    return '';
  };
});

const identity = await createRecoveryKey();
const recipient = identity.publicKey;
const mint = { type: 'mint-join-credential', host: 'master02', role: 'control-plane', ttlSeconds: 900, recipient };
const etcdOf = etcd.etcdOf('192.168.0.130');
const perform = (duty: object) => plane.perform(duty, undefined, { etcdAt: etcdOf });
const deleted = () => plane.api.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);

describe('minting a join credential of a control plane', () => {
  it('uploads the certificates with a new key, which is in no argument, no output and no file afterwards', async () => {
    await etcdWith({ name: 'master01' });
    const result = await perform(mint);
    const sealedKey = 'sealedKey' in result ? String(result.sealedKey) : '';
    const key = await openText(Buffer.from(sealedKey, 'base64'), identity.secret);
    expect(JSON.stringify(result)).not.toContain(key);
    expect(result).toMatchObject({ outcome: 'done', token: expect.stringMatching(/^\w{6}\.\w{16}$/) });
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    const uploaded = plane.api.objects.get(certificates) as { config: string; mode: number };
    const [own, recorded] = parseAllDocuments(uploaded.config).map((document) => document.toJS());
    expect(own).toMatchObject({
      kind: 'InitConfiguration',
      certificateKey: key,
      localAPIEndpoint: { advertiseAddress: '192.168.0.130', bindPort: 6443 },
    });
    expect(recorded).toMatchObject({ kind: 'ClusterConfiguration', kubernetesVersion: 'v1.20.2' });
    expect(uploaded.mode).toBe(0o600);
    expect(plane.host().lines()).toEqual([
      'kubeadm init phase upload-certs --config /run/muster-agent/kubeadm-phase-upload-certs.yaml --upload-certs --skip-certificate-key-print',
    ]);
    expect([...plane.host().files.values()].filter(({ content }) => content.includes(key))).toEqual([]);
    expect(plane.warnings.join()).not.toContain(key);
  });

  it('deletes the token when the certificates cannot be uploaded', async () => {
    await etcdWith({ name: 'master01' });
    const { kubeadm } = plane.programs;
    plane.programs.kubeadm = () => ({ exitCode: 1, stderr: 'no' });
    expect(await perform(mint)).toMatchObject({ outcome: 'failed' });
    if (kubeadm !== undefined) plane.programs.kubeadm = kubeadm;
    expect([...plane.api.objects.keys()].filter((path) => path.startsWith(`${secrets}/bootstrap-token`))).toEqual([]);
  });

  it('mints nothing without a recipient for the key', async () => {
    await etcdWith({ name: 'master01' });
    expect(await perform({ ...mint, recipient: undefined })).toMatchObject({ outcome: 'failed' });
    expect(plane.host().lines()).toEqual([]);
  });

  it('binds the certificates to its own token and deletes the one of kubeadm', async () => {
    await etcdWith({ name: 'master01' });
    const result = await perform(mint);
    const id = 'token' in result ? result.token?.slice(0, 6) : '';
    const patch = plane.api.requests.find(({ method, path }) => method === 'PATCH' && path === certificates);
    const owner = { apiVersion: 'v1', kind: 'Secret', name: `bootstrap-token-${id}`, uid: 'token-uid' };
    expect(patch?.body).toEqual({ metadata: { labels: { 'muster-token': id }, ownerReferences: [owner] } });
    expect(deleted()).toContain(`${secrets}/bootstrap-token-proxy1`);
    expect(plane.api.objects.get(`${secrets}/bootstrap-token-${id}`)).toMatchObject({
      metadata: { labels: { 'muster-host': 'master02', 'muster-role': 'control-plane' } },
    });
  });

  it('removes the member of a wiped machine by its address, its entry in ClusterStatus, its Node and its etcd pod', async () => {
    const other = { name: 'master02', id: '9', address: '192.168.0.99' };
    await etcdWith({ name: 'master01' }, { name: 'master03' }, other, { name: 'master02', runs: false });
    plane.api.objects.set(nodeOf('master02'), {
      metadata: { name: 'master02', labels: { 'node-role.kubernetes.io/master': '' } },
    });
    expect(await perform(mint)).toMatchObject({ outcome: 'done' });
    expect(etcd.removed, 'a member with the same name elsewhere stays').toEqual(['2']);
    expect(deleted()).toEqual(
      expect.arrayContaining([
        nodeOf('master02'),
        '/api/v1/namespaces/kube-system/pods/etcd-master02?gracePeriodSeconds=0',
      ]),
    );
    const patch = plane.api.requests.find(({ method, path }) => method === 'PATCH' && path === config);
    expect(patch?.body).toMatchObject({ metadata: { resourceVersion: '5' } });
    expect(JSON.stringify(patch?.body)).toContain('master01');
    expect(JSON.stringify(patch?.body)).not.toContain('master02');
    expect(plane.warnings).toEqual([expect.stringContaining('192.168.0.122:2380')]);
  });

  it('changes nothing in the API if the request has ended while etcd was asked', async () => {
    await etcdWith({ name: 'master01' }, { name: 'master03' });
    plane.api.objects.set(nodeOf('master02'), { metadata: { name: 'master02' } });
    const ended = new AbortController();
    const etcdAt: typeof etcdOf = async (address) => {
      ended.abort();
      return etcdOf(address);
    };
    expect(await plane.perform(mint, ended.signal, { etcdAt })).toMatchObject({ outcome: 'failed' });
    expect(plane.api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('removes a member that never started, also one of another host', async () => {
    const unstarted = { name: 'master03', id: '7', runs: false };
    await etcdWith({ name: 'master01' }, { name: 'master02', address: '192.168.0.124' }, unstarted);
    const member = etcd.members.find(({ id }) => id === '7');
    if (member !== undefined) member.name = '';
    expect(await perform(mint)).toMatchObject({ outcome: 'done' });
    expect(etcd.removed).toEqual(['7']);
  });

  it('removes a learner that does not run, also one of another host: etcd allows one', async () => {
    await etcdWith({ name: 'master01' }, { name: 'master03', isLearner: true, runs: false });
    expect(await perform(mint)).toMatchObject({ outcome: 'done' });
    expect(etcd.removed).toEqual(['3']);
  });

  it.each<[string, (Partial<TestMember> & { name: string })[]]>([
    ['a learner runs', [{ name: 'master01' }, { name: 'master03', isLearner: true }]],
    ['etcd still answers at its address', [{ name: 'master01' }, { name: 'master02' }, { name: 'master03' }]],
    ['those that remain are no majority', [{ name: 'master01' }, { name: 'master02', runs: false }]],
    [
      'one of two others is down, so one more member could stop the cluster',
      [{ name: 'master01' }, { name: 'master03' }, { name: 'other', id: '8', address: '10.0.0.8', runs: false }],
    ],
  ])('changes nothing while %s', async (_, list) => {
    await etcdWith(...list);
    plane.api.objects.set(nodeOf('master02'), { metadata: { name: 'master02' } });
    expect(await perform(mint)).toMatchObject({ outcome: 'failed' });
    expect(etcd.removed).toEqual([]);
    expect(plane.api.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it('is refused with the cause, not with the silence of another member, when etcd has no quorum', async () => {
    await etcdWith({ name: 'master01' }, { name: 'master02', runs: false });
    const result = await perform(mint);
    expect(JSON.stringify(result)).toContain('has no quorum');
  });

  it.each([
    ['a worker as a control plane', { host: 'node01', role: 'control-plane' }],
    ['a control plane as a worker', { host: 'master02', role: 'worker' }],
    ['a host that its own settings do not name', { host: 'evil', role: 'control-plane' }],
  ])('is refused when the coordinator asks for %s', async (_, more) => {
    await etcdWith({ name: 'master01' });
    expect(await perform({ ...mint, ...more })).toMatchObject({ outcome: 'failed' });
    expect(plane.api.requests).toEqual([]);
    expect(plane.host().lines()).toEqual([]);
  });

  it('mints nothing for a control plane that runs, also when etcd is external', async () => {
    const text = `${clusterConfiguration}etcd:\n  external:\n    endpoints: ['https://10.0.0.9:2379']\n`;
    plane.api.objects.set(config, { metadata: { resourceVersion: '5' }, data: { ClusterConfiguration: text } });
    plane.api.objects.set(nodeOf('master02'), {
      metadata: { name: 'master02', labels: { 'node-role.kubernetes.io/control-plane': '' } },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    });
    expect(await perform(mint)).toMatchObject({ outcome: 'failed' });
    expect(deleted()).toEqual([]);
    expect(plane.host().lines()).toEqual([]);
  });

  it('leaves members alone when etcd is external', async () => {
    const text = `${clusterConfiguration}etcd:\n  external:\n    endpoints: ['https://10.0.0.9:2379']\n`;
    plane.api.objects.set(config, { metadata: {}, data: { ClusterConfiguration: text } });
    expect(await perform(mint)).toMatchObject({ outcome: 'done' });
    expect(etcd.removed).toEqual([]);
  });
});

describe('deleting a join credential of a control plane', () => {
  const remove = { type: 'delete-join-credential', tokenId: 'abcdef' };
  const uploadedFor = (token: string) =>
    plane.api.objects.set(certificates, { metadata: { uid: 'u', labels: { 'muster-token': token } } });

  it('deletes the certificates that were uploaded for it, and none of a later join', async () => {
    uploadedFor('abcdef');
    await perform(remove);
    expect(deleted()).toContain(certificates);
    plane.api.requests.length = 0;
    uploadedFor('zzzzzz');
    await perform(remove);
    expect(deleted()).not.toContain(certificates);
  });

  it('removes the host’s member only if the join has ended and the member never started', async () => {
    await etcdWith({ name: 'master01' }, { name: 'master03' }, { name: 'master02', runs: false });
    expect(await perform({ ...remove, endedFor: 'master02' })).toEqual({ outcome: 'done' });
    expect(etcd.removed).toEqual([]);
    const [, , member] = etcd.members;
    if (member !== undefined) member.name = '';
    await perform(remove);
    expect(etcd.removed).toEqual([]);
    await perform({ ...remove, endedFor: 'master02' });
    expect(etcd.removed).toEqual(['2']);
  });

  it('removes the host’s member if it has no vote and does not run', async () => {
    await etcdWith({ name: 'master01' }, { name: 'master02', isLearner: true });
    await perform({ ...remove, endedFor: 'master02' });
    expect(etcd.removed).toEqual([]);
    for (const member of etcd.members) member.runs = !member.isLearner;
    await perform({ ...remove, endedFor: 'master02' });
    expect(etcd.removed).toEqual(['2']);
  });
});
