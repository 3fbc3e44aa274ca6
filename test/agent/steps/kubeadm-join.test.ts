import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { caFingerprint, caPin } from '../../../agent/kube/ca.ts';
import { adminConf, kubeletConf } from '../../../agent/kube/kubeconfig.ts';
import { caFile } from '../../../agent/steps/created-cluster.ts';
import { kubeadmJoin } from '../../../agent/steps/kubeadm-join.ts';
import { nodeObject } from '../kube/api-server.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { certificate } from '../kube/der.ts';
import { programs, type TestContext, testContext, verbs } from './context.ts';

const api = await apiServerOfFile();

const put = ({ host }: TestContext, path: string, content: string) => host.files.set(path, { content, mode: 0o600 });

describe('kubeadm-join', () => {
  const kubelet = 'system:node:node01';
  const credential = () => ({
    token: 'abcdef.0123456789abcdef',
    expiresAt: '2026-01-01T00:15:00.000Z',
    caPem: api.caPem,
    caSha256: caFingerprint(api.caPem),
  });

  function joinHost(files: Record<string, string> = {}) {
    let asked = 0;
    const context = testContext('kubeadm-join', {
      files,
      requestJoinCredential: async () => {
        asked += 1;
        return credential();
      },
    });
    context.assignment.cluster = { caPem: api.caPem, caSha256: caFingerprint(api.caPem) };
    context.host.programs.kubeadm = ([verb]) => {
      if (verb === 'reset') context.host.files.delete(kubeletConf);
      if (verb !== 'join') return;
      put(context, kubeletConf, api.kubeconfig(kubelet));
      api.objects.set('/api/v1/nodes/node01', nodeObject('node01', false));
    };
    context.host.programs.journalctl = () => '';
    context.host.programs.systemctl = () => '';
    return { context, asked: () => asked };
  }

  it('waits for the control plane while there is no cluster', async () => {
    const { context } = joinHost();
    context.assignment.cluster = null;
    expect(await kubeadmJoin.check(context)).toMatchObject({
      state: 'waiting',
      message: { en: 'waiting for the control plane' },
    });
  });

  it('joins with a credential that appears in no argument and in no file afterwards', async () => {
    const { context, asked } = joinHost();
    const seen: Record<string, unknown>[] = [];
    const kubeadm = context.host.programs.kubeadm;
    context.host.programs.kubeadm = (args, options) => {
      const config = parse(context.host.content('/run/muster-agent/kubeadm-join.yaml'));
      seen.push(config.discovery.bootstrapToken);
      for (const file of context.host.files.values()) expect(file.mode).toBe(0o600);
      return kubeadm?.(args, options);
    };
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmJoin.apply(context);
    expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
    expect(seen).toEqual([
      {
        token: credential().token,
        apiServerEndpoint: 'demo.muster.internal:6443',
        caCertHashes: [caPin(credential().caPem)],
      },
    ]);
    expect(asked()).toBe(1);
    expect([...context.host.files.keys()]).toEqual([kubeletConf]);
    expect(JSON.stringify(context.host.calls)).not.toContain('abcdef');
  });

  it('holds packets to services before the node’s first pod can start', async () => {
    const { context } = joinHost();
    context.host.programs.iptables = () => '';
    await kubeadmJoin.apply(context);
    expect(programs(context, /^iptables -w -I OUTPUT -d 10.96.0.0\/12 |^kubeadm /)).toEqual(['iptables', 'kubeadm']);
  });

  it('adopts the run of an earlier agent and requests no other credential', async () => {
    const { context, asked } = joinHost({ '/run/muster-agent/kubeadm-join.yaml': 'secret' });
    context.host.units.set('kubeadm-join', { state: 'running', result: { exitCode: 0, tail: [] } });
    await kubeadmJoin.apply(context);
    expect(asked()).toBe(0);
    expect(context.host.calls).toEqual([]);
    expect([...context.host.files.keys()]).toEqual([]);
  });

  it.each([
    ['worker', 'kind: JoinConfiguration\n', false],
    ['control plane', 'kind: JoinConfiguration\ncontrolPlane:\n  certificateKey: x\n', true],
  ])('of a control plane records the cluster only if the adopted run joined it as one: %s', async (_, text, isKept) => {
    const { context } = joinHost({ '/run/muster-agent/kubeadm-join.yaml': text, [caFile]: api.caPem });
    context.assignment.host.role = 'control-plane';
    context.host.programs.sync = () => '';
    context.host.programs.findmnt = () => '{"filesystems": [{"target": "/", "uuid": "u", "fstype": "ext4"}]}';
    context.host.units.set('kubeadm-join', { state: 'running', result: { exitCode: 0, tail: [] } });
    await kubeadmJoin.apply(context);
    expect(context.host.files.has('/var/lib/muster-agent/created-cluster')).toBe(isKept);
  });

  it('does not join with a credential for a cluster other than the assigned one', async () => {
    const { context } = joinHost();
    const other = certificate([['CN', 'other']]).certPem;
    context.assignment.cluster = { caPem: other, caSha256: caFingerprint(other) };
    await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({ code: 'cluster-changed' });
    expect(context.host.calls).toEqual([]);
  });

  it('fails with kubeadm’s error', async () => {
    const { context } = joinHost();
    context.host.programs.kubeadm = () => ({
      exitCode: 1,
      stderr: '[preflight] x\n\t[ERROR Port-10250]: Port 10250 is in use',
    });
    await expect(kubeadmJoin.apply(context)).rejects.toMatchObject({
      code: 'kubeadm-join-failed',
      message: expect.stringContaining('Port 10250 is in use'),
    });
  });

  it.each<[string, () => string, RegExp]>([
    ['is truncated', () => 'apiVersion: v1\nclus', /not a usable kubeconfig/],
    ['belongs to another node', () => api.kubeconfig('system:node:node02'), /CN=system:node:node02, not for node01/],
    ['has expired', () => api.kubeconfig(kubelet, new Date('2025-01-01T00:00:00Z')), /expired/],
    [
      'has no client certificate',
      () => api.kubeconfig(kubelet).replace(/client-key-data: .*/, 'client-key: /gone'),
      /is missing/,
    ],
  ])('cleans up and rejoins a host whose kubelet.conf %s', async (_, content, message) => {
    const { context } = joinHost({ [kubeletConf]: content() });
    expect(await kubeadmJoin.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringMatching(message) },
    });
    await kubeadmJoin.apply(context);
    expect(verbs(context)).toEqual(['systemctl stop', 'kubeadm reset', 'kubeadm join']);
    expect(context.said[0]).toMatch(message);
    expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
  });

  it('waits while a person runs kubeadm, even before any file of the node is gone', async () => {
    const { context } = joinHost({ [kubeletConf]: api.kubeconfig(kubelet) });
    context.host.programs.pgrep = () => '77 kubeadm reset -f\n';
    expect(await kubeadmJoin.check(context)).toMatchObject({
      state: 'waiting',
      message: { en: expect.stringContaining('`kubeadm reset`') },
    });
  });

  it('keeps a host in a cluster with another CA while that API server answers, whatever its answer', async () => {
    api.hooks.push(() => ({ status: 401, body: { message: 'Unauthorized' } }));
    const { context } = joinHost({ [kubeletConf]: api.kubeconfig(kubelet) });
    context.assignment.cluster = { caPem: '', caSha256: '0'.repeat(64) };
    expect(await kubeadmJoin.check(context)).toMatchObject({
      state: 'waiting',
      message: { en: expect.stringContaining('still answers') },
      remedy: { en: expect.stringContaining('kubeadm reset') },
    });
  });

  it('moves a host of a replaced cluster to the assigned one', async () => {
    const gone = api.kubeconfig(kubelet).replace(/server: .*/, 'server: https://127.0.0.1:1');
    const { context } = joinHost({ [kubeletConf]: gone });
    context.assignment.cluster = { caPem: '', caSha256: '0'.repeat(64) };
    expect(await kubeadmJoin.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('another CA') },
    });
  });

  it('rejoins a host whose certificate the API server does not know', async () => {
    api.hooks.push(() => ({ status: 401, body: { message: 'Unauthorized' } }));
    const { context } = joinHost({ [kubeletConf]: api.kubeconfig(kubelet) });
    expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
  });

  it.each([
    ['does not answer', 503],
    ['denies access', 403],
  ])('keeps a host in its cluster while the API server %s', async (_, status) => {
    api.hooks.push(() => ({ status, body: { message: 'no' } }));
    const { context } = joinHost({ [kubeletConf]: api.kubeconfig(kubelet) });
    expect(await kubeadmJoin.check(context)).toMatchObject({
      state: 'done',
      message: { en: expect.stringContaining('joined') },
    });
  });

  it('rejoins a host whose Node was deleted: a new Node has another range of pod addresses', async () => {
    api.objects.delete('/api/v1/nodes/node01');
    const { context, asked } = joinHost({ [kubeletConf]: api.kubeconfig(kubelet) });
    expect(await kubeadmJoin.check(context)).toMatchObject({
      state: 'todo',
      message: { en: expect.stringContaining('no Node node01') },
    });
    await kubeadmJoin.apply(context);
    expect(verbs(context)).toEqual(['systemctl stop', 'kubeadm reset', 'kubeadm join']);
    expect(asked()).toBe(1);
    expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
  });

  describe('of a control plane', () => {
    const etcdData = '/var/lib/etcd/member';
    const record = '/var/lib/muster-agent/created-cluster';
    const certificateKey = 'ef'.repeat(32);

    function controlPlane() {
      const { context } = joinHost();
      Object.assign(context, { requestJoinCredential: async () => ({ ...credential(), certificateKey }) });
      context.assignment.host.role = 'control-plane';
      context.host.programs.findmnt = () => '{"filesystems":[{"target":"/","uuid":"1","fstype":"ext4"}]}';
      context.host.programs.kubeadm = ([verb]) => {
        if (verb === 'reset')
          for (const path of [kubeletConf, adminConf, etcdData, caFile]) context.host.files.delete(path);
        if (verb !== 'join') return;
        put(context, kubeletConf, api.kubeconfig(kubelet));
        put(context, adminConf, api.kubeconfig('kubernetes-admin'));
        put(context, caFile, api.caPem);
        put(context, etcdData, '');
        api.objects.set('/api/v1/nodes/node01', nodeObject('node01', false));
        api.objects.set('/api/v1/namespaces/kube-system', {});
      };
      return context;
    }

    it('gets its own address and the key to the certificates, and records that it holds the cluster', async () => {
      const context = controlPlane();
      const kubeadm = context.host.programs.kubeadm;
      let seen: unknown;
      context.host.programs.kubeadm = (args, options) => {
        if (args[0] === 'join') seen = parse(context.host.content('/run/muster-agent/kubeadm-join.yaml')).controlPlane;
        return kubeadm?.(args, options);
      };
      expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
      await kubeadmJoin.apply(context);
      const { address } = context.assignment.host;
      const localAPIEndpoint = { advertiseAddress: address, bindPort: 6443 };
      expect(seen).toEqual({ localAPIEndpoint, certificateKey });
      expect(context.host.content(record)).toContain(caFingerprint(api.caPem));
      expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
      expect(JSON.stringify([...context.host.files])).not.toContain(certificateKey);
    });

    it('joins again once its data and its keys are gone', async () => {
      const context = controlPlane();
      await kubeadmJoin.apply(context);
      for (const path of [etcdData, caFile, kubeletConf]) context.host.files.delete(path);
      expect(await kubeadmJoin.check(context)).toMatchObject({ state: 'todo' });
      await kubeadmJoin.apply(context);
      expect(await kubeadmJoin.check(context)).toEqual({ state: 'done' });
    });
  });
});
