import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { caFingerprint } from '../../../agent/kube/ca.ts';
import { adminConf, kubeletConf } from '../../../agent/kube/kubeconfig.ts';
import { caFile, etcdMember } from '../../../agent/steps/created-cluster.ts';
import { kubeadmJoin } from '../../../agent/steps/kubeadm-join.ts';
import type { NodeFacts } from '../../../shared/protocol/facts.ts';
import { startEtcd } from '../etcd/cluster.ts';
import { nodeObject } from '../kube/api-server.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { type TestContext, testContext } from './context.ts';

const api = await apiServerOfFile();
const etcd = await startEtcd();
afterAll(etcd.close);

const manifest = (pod: string) => `/etc/kubernetes/manifests/${pod}.yaml`;
const etcdPod = `spec: {containers: [{image: "etcd:3.4.13-0", command: [etcd, --name=master01, --data-dir=/var/lib/etcd,
  "--initial-advertise-peer-urls=https://192.168.0.130:2380"]}]}`;
const record = '/var/lib/muster-agent/created-cluster';
const node = '/api/v1/nodes/master01';
const own = { id: '1', name: 'master01', address: '192.168.0.130', runs: true };
const other = { id: '2', name: 'master02', address: '192.168.0.122', runs: true };
const third = { id: '3', name: 'master03', address: '192.168.0.123', runs: true };

let pods: object[];
const pod = (name: string, annotations = {}) => ({
  metadata: { name, namespace: 'kube-system', uid: name, annotations },
});

beforeEach(() => {
  etcd.members.length = 0;
  api.objects.set('/api/v1/namespaces/kube-system', {});
  api.objects.set('/api/v1/namespaces/kube-system/configmaps/kubeadm-config', {
    data: { ClusterConfiguration: 'kind: ClusterConfiguration\n' },
  });
  // Without a majority etcd answers no read.
  pods = [];
  api.hooks.push(({ path }) =>
    path.startsWith('/api/v1/pods?') ? { status: 200, body: { metadata: {}, items: pods } } : undefined,
  );
  api.hooks.push(() => {
    const voters = etcd.members.filter(({ isLearner }) => isLearner !== true);
    const isSilent = voters.filter(({ runs }) => runs).length <= voters.length / 2;
    return isSilent ? { status: 500, body: { message: 'etcdserver: request timed out' } } : undefined;
  });
});

interface Left {
  record?: boolean;
  etcd?: boolean;
  apiServer?: boolean;
  kubelet?: boolean;
  node?: boolean;
}

/** A host with what a join has written so far. */
async function host(left: Left, ...members: (typeof own & { isLearner?: boolean })[]): Promise<TestContext> {
  for (const member of members) await etcd.add(member);
  const files: Record<string, string> = {
    [adminConf]: api.kubeconfig(),
    [caFile]: api.caPem,
    ...(left.kubelet === false ? {} : { [kubeletConf]: api.kubeconfig('system:node:master01') }),
    ...(left.record === true
      ? { [record]: JSON.stringify({ caSha256: '', etcd: { mountPoint: '/', uuid: '', kind: '' } }) }
      : {}),
    ...(left.etcd === true ? { [manifest('etcd')]: etcdPod, [etcdMember]: '' } : {}),
    ...(left.apiServer === false ? {} : { [manifest('kube-apiserver')]: '' }),
  };
  if (left.node !== false) api.objects.set(node, nodeObject('master01', true));
  const context = testContext('kubeadm-join', { self: 'master01', files, etcdAt: etcd.etcdOf('192.168.0.130') });
  context.assignment.bootstrap = 'join';
  context.assignment.settings.hosts.push(
    { name: 'master02', address: other.address, role: 'control-plane' },
    { name: 'master03', address: third.address, role: 'control-plane' },
  );
  context.assignment.cluster = { caPem: api.caPem, caSha256: caFingerprint(api.caPem) };
  context.requestJoinCredential = async () => ({
    ...{ token: 'abcdef.0123456789abcdef', expiresAt: '2026-01-01T00:15:00.000Z', certificateKey: 'ef'.repeat(32) },
    ...{ caPem: api.caPem, caSha256: caFingerprint(api.caPem) },
  });
  context.host.programs.findmnt = () => '{"filesystems":[{"target":"/","uuid":"1","fstype":"ext4"}]}';
  context.host.programs.systemctl = ([verb, unit]) => {
    if (verb === 'restart' && unit === 'kubelet') api.objects.set(node, nodeObject('master01', true));
    return '';
  };
  context.host.programs.kubeadm = ([verb]) => {
    if (verb === 'reset') for (const path of [...context.host.files.keys()]) context.host.files.delete(path);
    return '';
  };
  return context;
}

const kubeadm = ({ host: { calls } }: TestContext) =>
  calls.filter(({ program }) => program === 'kubeadm').map(({ args }) => args.slice(0, 3).join(' '));

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

  it('does not believe one of the others without a majority', async () => {
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

describe('etcd that the kubelet refused to run, because its pod requests storage', () => {
  const asking = [
    ...['spec:', '  containers:', '  - image: etcd:3.4.13-0', '    command:', '    - etcd', '    - --name=master01'],
    ...['    - --data-dir=/var/lib/etcd', '    - --initial-advertise-peer-urls=https://192.168.0.130:2380'],
    ...['    resources:', '      requests:', '        cpu: 100m', '        ephemeral-storage: 100Mi', ''],
  ].join('\n');
  const isAsking = (context: TestContext) => context.host.content(manifest('etcd')).includes('ephemeral-storage');

  /** The kubelet runs it once it requests none. */
  async function refused(left: Left, ...members: (typeof own)[]) {
    const context = await host({ etcd: true, ...left }, { ...own, runs: false }, ...members);
    await context.host.writeFile(manifest('etcd'), asking);
    const write = context.host.writeFile;
    context.host.writeFile = async (path, content, options) => {
      await write(path, content, options);
      for (const member of etcd.members) member.runs ||= path === manifest('etcd') && !isAsking(context);
    };
    context.host.programs.pgrep = () => ({ exitCode: 1 });
    return context;
  }

  it('is started without the request on a control plane that holds the cluster', async () => {
    const context = await refused({ record: true }, other, third);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.apply(context);
    expect(isAsking(context)).toBe(false);
    expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
  });

  it.each([
    ['waits for', [other]],
    ['could do without', [other, third]],
  ])('is started after a join that the cluster %s, which is then completed', async (_, others) => {
    const context = await refused({}, ...others);
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.cleanUp?.(context);
    await kubeadmJoin.apply(context);
    expect(kubeadm(context)).toEqual(['init phase mark-control-plane']);
    expect(context.host.files.has(record)).toBe(true);
  });

  it('is left alone while an etcd runs', async () => {
    const context = await refused({ record: true }, other, third);
    context.host.programs.pgrep = () => '';
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
    await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({ code: 'cluster-kept' });
    expect(isAsking(context)).toBe(true);
  });

  it('requests none before its kubelet registers a new Node', async () => {
    const context = await refused({ record: true, node: false }, other, third);
    for (const member of etcd.members) member.runs = true;
    const { systemctl } = context.host.programs;
    const seen: boolean[] = [];
    context.host.programs.systemctl = (args, options) => {
      if (args[0] === 'restart') seen.push(isAsking(context));
      return systemctl?.(args, options);
    };
    await kubeadmJoin.apply(context);
    expect(seen).toEqual([false]);
  });
});

it('a Node that lacks the label of a control plane gets it, and its kubelet goes on', async () => {
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

describe('pods of a control plane that holds the cluster', () => {
  const ended = () => api.requests.flatMap(({ method, path }) => (method === 'DELETE' ? [path] : []));
  beforeEach(() => {
    pods = [pod('kube-flannel'), pod('etcd-master01', { 'kubernetes.io/config.mirror': 'x' })];
  });

  it('end with a Node that was deleted, because the new one has another pod range; static pods stay', async () => {
    const context = await host({ record: true, etcd: true, node: false }, own, other, third);
    context.host.files.set('/proc/sys/net/ipv4/conf/cni0', { content: '', mode: 0o644 });
    context.host.programs.ip = () => '';
    await kubeadmJoin.apply(context);
    expect(ended()).toEqual(['/api/v1/namespaces/kube-system/pods/kube-flannel?gracePeriodSeconds=0']);
    const lines = context.host.lines().filter((line) => /kubelet|ip link/.test(line));
    expect(lines.slice(0, 3)).toEqual(['systemctl stop kubelet', 'ip link delete cni0', 'systemctl restart kubelet']);
  });

  it('stay if only the kubelet’s credential is replaced', async () => {
    await kubeadmJoin.apply(await host({ record: true, etcd: true, kubelet: false }, own, other, third));
    expect(ended()).toEqual([]);
  });
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

  describe('after etcd counted its member and before its manifest was whole', () => {
    const added = { ...own, name: '', runs: false };
    const localEtcd = 'init phase etcd';

    async function applied(context: TestContext) {
      expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
      await kubeadmJoin.cleanUp?.(context);
      const configuration: string[] = [];
      context.host.programs.kubeadm = async (args) => {
        configuration.push((await context.host.readFile(args[args.indexOf('--config') + 1] ?? '')) ?? '');
        await context.host.writeFile(manifest('etcd'), etcdPod);
        return '';
      };
      await kubeadmJoin.apply(context);
      return configuration.join();
    }

    it('starts the member that the first one waits for', async () => {
      const context = await host({}, added, other);
      const configuration = await applied(context);
      expect(kubeadm(context)).toEqual([localEtcd]);
      expect(configuration).toContain(
        'initial-cluster: "master01=https://192.168.0.130:2380,master02=https://192.168.0.122:2380"',
      );
      expect(configuration).toContain('initial-cluster-state: "existing"');
      expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'waiting' });
    });

    it('writes arguments as a list for a kubeadm that reads lists', async () => {
      const context = await host({}, added, other);
      context.assignment.settings.kubernetes.version = '1.34.1';
      context.assignment.settings.runtime.name = 'containerd';
      expect(await applied(context)).toMatch(/- name: "initial-cluster-state"\n\s+value: "existing"/);
    });

    it('replaces an empty manifest, which a loss of power leaves', async () => {
      const context = await host({ etcd: true }, own, other);
      await context.host.writeFile(manifest('etcd'), '');
      for (const member of etcd.members) member.runs = member.name === 'master02';
      await applied(context);
      expect(kubeadm(context)).toEqual([localEtcd]);
    });

    it.each<[string, (typeof own)[]]>([
      ['the data of a member that had started is gone', [{ ...own, runs: false }, other]],
      ['the others have a leader', [added, other, third]],
    ])('joins anew if %s', async (_, members) => {
      const context = await host({}, ...members);
      expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
      await kubeadmJoin.apply(context);
      expect(kubeadm(context).at(-1)).toMatch(/^join/);
    });
  });

  it.each<[string, Left, (typeof own & { isLearner?: boolean })[]]>([
    ['etcd does not run and the others are a majority', { etcd: true }, [{ ...own, runs: false }, other, third]],
    ['etcd is a learner, which has no vote', { etcd: true }, [{ ...own, isLearner: true }, other]],
    ['etcd was not reached', {}, [other]],
    ['the kubelet was not reached', { kubelet: false, node: false }, [other]],
  ])('begins anew if %s', async (_, left, members) => {
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
