import { beforeEach, describe, expect, it } from 'vitest';
import { etcdManifest } from '../../../agent/etcd/pod.ts';
import { readRecovery } from '../../../agent/recovery/state.ts';
import { agentPaths } from '../../../shared/paths.ts';
import type { RecoveryOrder } from '../../../shared/protocol/recovery.ts';
import { namespaceOf, recorded, withoutQuorum } from '../etcd/gateway-server.ts';
import {
  api,
  backedUp,
  etcd,
  leaderless,
  lost,
  manifest,
  order,
  others,
  perform,
  record,
  restored,
  restorer,
  self,
  state,
  status,
} from './machine.ts';

describe('the control plane that restores', () => {
  it('restores its data as the only member of its name, keeps the old data, and removes the other Nodes', async () => {
    const host = lost();
    expect(await perform(host)).toBe('idle');
    expect(host.content('/var/lib/etcd/member/snap/db')).toBe('new data');
    expect(host.content('/var/lib/etcd-before-r1/member/snap/db')).toBe('old data');
    expect(host.content(etcdManifest)).toBe(manifest);
    const run = host.lines().find((line) => line.includes('--entrypoint etcdctl')) ?? '';
    expect(run).toContain(`--name ${self} --initial-cluster ${self}=https://192.168.0.130:2380`);
    expect(run).toContain('--skip-hash-check');
    for (const { name } of others) expect(api.objects.has(`/api/v1/nodes/${name}`)).toBe(false);
    expect(await state(host)).toBe('done');
  });

  it('restores a backup with its checksum', async () => {
    const name = 'cluster-20261130T010000Z';
    const snapshot = await backedUp(name);
    const host = lost();
    expect(await perform(host, order({ from: name }))).toBe('idle');
    expect(host.content('/var/lib/etcd/member/snap/db')).toBe('new data');
    expect(await state(host)).toBe('done');
    const runs = host.lines().filter((line) => line.startsWith('docker run'));
    expect(runs).not.toEqual([]);
    expect(runs.every((line) => line.includes(`snapshot restore ${snapshot}`))).toBe(true);
    expect(runs.some((line) => line.includes('--skip-hash-check'))).toBe(false);
  });

  describe('while etcd has a leader of data that replaced the cluster’s', () => {
    const [first, second] = ['1b4e28ba-2fa1-4d2b-883f-0016d3cca427', '6fa459ea-ee8a-4ca4-894e-db77e160355e'];
    const third = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
    const name = 'cluster-20261130T010000Z';
    const known = (dataUid = first) => ({
      [record]: JSON.stringify({ caSha256: 'x', etcd: { mountPoint: '/', uuid: '', kind: '' }, dataUid }),
    });
    beforeEach(async () => {
      if (status) etcd.answers.set('/v3/maintenance/status', status);
      etcd.answers.set('/v3/kv/range', namespaceOf(second));
      restored.answers.set('/v3/kv/range', namespaceOf(second));
      await backedUp(name);
    });

    it('restores a backup, whose data is the cluster’s from then on', async () => {
      const host = lost(known());
      const restore = host.programs.docker;
      host.programs.docker = async (args, options) => {
        const answer = await restore?.(args, options);
        if (args[0] === 'run') etcd.answers.set('/v3/kv/range', namespaceOf(third));
        return answer;
      };
      expect(await perform(host, order({ from: name }), restorer)).toBe('idle');
      expect(host.content('/var/lib/etcd/member/snap/db')).toBe('new data');
      expect(JSON.parse(host.content(record))).toMatchObject({ dataUid: third });
      expect(await state(host)).toBe('done');
    });

    it('restores nothing if the data is the cluster’s, is unknown, or is what would be restored', async () => {
      for (const [files, from] of [
        [known(second), name],
        [{}, name],
        [known(), 'member'],
      ] as const) {
        const host = lost(files);
        expect(await perform(host, order({ from }))).toBe('idle');
        expect(host.calls).toEqual([]);
        expect(await readRecovery(host)).toMatchObject({ state: 'failed', stage: 'done' });
      }
    });

    it('restores nothing while another member has a leader of the cluster’s data', async () => {
      restored.answers.set('/v3/kv/range', namespaceOf(first));
      const host = lost(known());
      expect(await perform(host, order({ from: name }), restorer)).toBe('idle');
      expect(host.calls).toEqual([]);
      expect(await state(host)).toBe('failed');
    });
  });

  it('touches nothing while etcd has a leader', async () => {
    if (status) etcd.answers.set('/v3/maintenance/status', status);
    const host = lost();
    expect(await perform(host)).toBe('idle');
    expect(host.content('/var/lib/etcd/member/snap/db')).toBe('old data');
    expect(host.calls).toEqual([]);
    expect(await readRecovery(host)).toMatchObject({ state: 'failed', stage: 'done' });
  });

  it.each(['begun', 'aside'] as const)('touches nothing at %s while another member has a leader', async (stage) => {
    etcd.answers.set('/v3/maintenance/status', withoutQuorum);
    const host = lost();
    const known = { id: 'r1', stage, state: 'working', at: '2026-11-30T03:00:00Z', message: { en: '', zh: '' } };
    host.files.set(agentPaths.recovery, { content: JSON.stringify(known), mode: 0o600 });
    expect(await perform(host, order(), restorer)).toBe(stage === 'begun' ? 'idle' : 'retry');
    expect(host.calls).toEqual([]);
    const end = stage === 'begun' ? 'done' : 'aside';
    expect(await readRecovery(host)).toMatchObject({ state: 'failed', stage: end });
  });

  it('does not begin what a signed plan does not allow, and begins once it does', async () => {
    const host = lost();
    expect(await perform(host, order({ isUnsigned: true }))).toBe('idle');
    expect(host.calls).toEqual([]);
    expect(await state(host)).toBe('failed');
    expect(await perform(host)).toBe('idle');
    expect(await state(host)).toBe('done');
  });

  it('does not move data while an etcd runs', async () => {
    const host = lost({ '/proc/7/cmdline': ['etcd', '--data-dir=/var/lib/etcd'].join('\0') });
    expect(await perform(host)).toBe('retry');
    expect(host.content('/var/lib/etcd/member/snap/db')).toBe('old data');
    host.files.delete('/proc/7/cmdline');
    expect(await perform(host)).toBe('idle');
    expect(host.content('/var/lib/etcd-before-r1/member/snap/db')).toBe('old data');
  });

  it('ignores an etcd of someone else', async () => {
    const host = lost({ '/proc/7/cmdline': ['/usr/bin/etcd', '--data-dir=/srv/etcd'].join('\0') });
    expect(await perform(host)).toBe('idle');
    expect(host.content('/var/lib/etcd/member/snap/db')).toBe('new data');
    expect(await state(host)).toBe('done');
  });

  it('resumes after the last completed stage', async () => {
    const host = lost();
    await perform(host);
    const before = host.calls.length;
    const done = await readRecovery(host);
    host.files.set(agentPaths.recovery, { content: JSON.stringify({ ...done, stage: 'restored' }), mode: 0o600 });
    expect(await perform(host)).toBe('idle');
    expect(host.calls.slice(before).some(({ program }) => program === 'docker')).toBe(false);
  });

  it('restores again if it stopped between the restore and its record', async () => {
    const host = lost({ '/var/lib/etcd-before-r1/member/snap/db': 'old data' });
    host.files.set('/var/lib/etcd/member/snap/db', { content: 'half-recorded', mode: 0o600 });
    const known = {
      id: 'r1',
      stage: 'aside',
      state: 'working',
      at: '2026-11-30T03:00:00Z',
      message: { en: '', zh: '' },
    };
    host.files.set(agentPaths.recovery, { content: JSON.stringify(known), mode: 0o600 });
    expect(await perform(host)).toBe('idle');
    expect(host.content('/var/lib/etcd/member/snap/db')).toBe('new data');
    expect(host.content('/var/lib/etcd-before-r1/member/snap/db')).toBe('old data');
    expect(host.content(`/var/lib/etcd-before-r1/member-${host.now().getTime()}/snap/db`)).toBe('half-recorded');
  });

  it('carries out an order once', async () => {
    const host = lost();
    await perform(host);
    const before = host.calls.length;
    expect(await perform(host, order({ isDone: true }))).toBe('idle');
    expect(host.calls.length).toBe(before);
  });

  it('ends an order that could not begin once the operator has given the cluster up', async () => {
    const host = lost();
    host.files.delete(etcdManifest);
    expect(await perform(host)).toBe('retry');
    expect(await perform(host, order({ isDone: true }))).toBe('idle');
    expect(await state(host)).toBe('done');
  });

  it('does nothing on a new machine that took the place of the one that restored', async () => {
    const host = lost();
    host.files.delete(record);
    expect(await perform(host, order({ isDone: true }))).toBe('idle');
    expect(host.calls).toEqual([]);
  });
});

describe('another control plane', () => {
  const elsewhere = (changes: Partial<RecoveryOrder> = {}) => order({ host: 'master02', ...changes });

  it('keeps its data out of the way until the cluster is restored, and then joins again', async () => {
    const host = lost();
    expect(await perform(host, elsewhere())).toBe('wait');
    expect(await host.exists(etcdManifest)).toBe(false);
    expect(host.content('/var/lib/etcd-before-r1/member/snap/db')).toBe('old data');
    expect(await host.exists(record)).toBe(true);
    expect(await state(host)).toBe('aside');
    expect(await perform(host, elsewhere({ isDone: true }))).toBe('idle');
    expect(await host.exists(record)).toBe(false);
    expect(await state(host)).toBe('done');
  });

  const members = recorded['/v3/cluster/member/list'];
  const withSelf = members && { ...members, body: members.body.replace('127.0.0.4', '192.168.0.130') };

  it('that returns after the restore joins again if the restored cluster does not have it as a member', async () => {
    const host = lost();
    expect(await perform(host, elsewhere({ isDone: true }), restorer)).toBe('idle');
    expect(host.content('/var/lib/etcd-before-r1/member/snap/db')).toBe('old data');
    expect(await host.exists(record)).toBe(false);
  });

  it.each([leaderless, status])('that has joined the restored cluster ignores the finished order', async (own) => {
    if (own) etcd.answers.set('/v3/maintenance/status', own);
    if (withSelf) restored.answers.set('/v3/cluster/member/list', withSelf);
    const host = lost();
    expect(await perform(host, elsewhere({ isDone: true }), restorer)).toBe('idle');
    if (members) restored.answers.set('/v3/cluster/member/list', members);
    expect(host.calls).toEqual([]);
    expect(await host.exists(record)).toBe(true);
    expect(await state(host)).toBe('done');
  });

  it('keeps its data while no majority says whether it is a member', async () => {
    const host = lost();
    expect(await perform(host, elsewhere({ isDone: true }))).toBe('retry');
    expect(host.calls).toEqual([]);
    expect(await host.exists(record)).toBe(true);
  });

  it('keeps its data if a signed plan does not allow the finished order', async () => {
    const host = lost();
    expect(await perform(host, elsewhere({ isDone: true, isUnsigned: true }), restorer)).toBe('idle');
    expect(host.calls).toEqual([]);
    expect(await host.exists(record)).toBe(true);
  });

  it('leaves a quorum of the old cluster that returned after the restore to the operator', async () => {
    if (status) etcd.answers.set('/v3/maintenance/status', status);
    const host = lost();
    expect(await perform(host, elsewhere({ isDone: true }), restorer)).toBe('idle');
    expect(host.calls).toEqual([]);
    expect(await readRecovery(host)).toMatchObject({ state: 'failed', stage: 'done' });
  });

  it('does nothing if it holds no cluster', async () => {
    const host = lost();
    for (const path of [record, '/etc/kubernetes/pki/ca.key']) host.files.delete(path);
    expect(await perform(host, elsewhere())).toBe('idle');
    expect(host.calls).toEqual([]);
  });
});
