import { describe, expect, it } from 'vitest';
import { etcdManifest } from '../../../agent/etcd/pod.ts';
import { recoveryFacts } from '../../../agent/recovery/facts.ts';
import { readRecovery } from '../../../agent/recovery/state.ts';
import { agentPaths } from '../../../shared/paths.ts';
import { withoutQuorum } from '../etcd/gateway-server.ts';
import type { FakeHost } from '../fake-host.ts';
import { etcd, leaderless, lost, manifest, order, perform, record, restorer, status } from './machine.ts';

const second = (changes = {}) => order({ id: 'r2', ...changes });
const old = '/var/lib/etcd-before-r1/member/snap/db';
const database = '/var/lib/etcd/member/snap/db';

/** Its tool fails, so the order stops after the data was moved. Returns it with its repair. */
function broken(): [host: FakeHost, repair: () => void] {
  const host = lost();
  const { docker } = host.programs;
  host.programs.docker = () => ({ exitCode: 1 });
  return [host, () => Object.assign(host.programs, { docker })];
}

/** Its restored etcd does not answer in time, and then has a leader. */
async function unstarted(): Promise<FakeHost> {
  const host = lost();
  const { docker } = host.programs;
  host.programs.docker = async (args, options) => {
    const answer = await docker?.(args, options);
    etcd.answers.set('/v3/kv/range', withoutQuorum);
    return answer;
  };
  expect(await perform(host)).toBe('retry');
  expect(await readRecovery(host)).toMatchObject({ stage: 'restored', state: 'failed' });
  if (status) etcd.answers.set('/v3/maintenance/status', status);
  Object.assign(host.programs, { docker });
  return host;
}

describe('a second order', () => {
  it('continues one that failed after etcd’s data was moved', async () => {
    const [host, repair] = broken();
    expect(await perform(host)).toBe('retry');
    expect(await recoveryFacts(host)).toMatchObject({ state: 'failed', kept: { hasData: true, revision: '7' } });
    repair();
    expect(await perform(host, second())).toBe('idle');
    expect([host.content(database), host.content(old)]).toEqual(['new data', 'old data']);
    expect(host.content(etcdManifest)).toBe(manifest);
    expect(await recoveryFacts(host)).toMatchObject({ id: 'r2', state: 'done', kept: null });
  });

  it('is distinguished from the first even after several failures', async () => {
    const [host, repair] = broken();
    for (const id of ['r1', 'r2', 'r3']) expect(await perform(host, order({ id }))).toBe('retry');
    repair();
    expect(await perform(host, order({ id: 'r4' }))).toBe('idle');
    expect(host.content(old)).toBe('old data');
  });

  it('restores again what the first one restored but could not start, although that has a leader', async () => {
    const host = await unstarted();
    expect(await perform(host, second())).toBe('idle');
    expect(host.content(old)).toBe('old data');
    expect([...host.files.keys()].filter((path) => path.startsWith('/var/lib/etcd-before-r1/member-'))).toHaveLength(1);
    expect(await readRecovery(host)).toMatchObject({ id: 'r2', state: 'done' });
  });

  it('restores on a host that had made room, which has its data aside', async () => {
    const host = lost();
    expect(await perform(host, order({ host: 'master02' }))).toBe('wait');
    expect(await recoveryFacts(host)).toMatchObject({ state: 'aside', kept: { hasData: true, revision: '7' } });
    // What the first one restored there is no quorum.
    expect(await perform(host, second(), restorer)).toBe('idle');
    expect([host.content(database), host.content(old)]).toEqual(['new data', 'old data']);
  });

  it('makes the former restorer make room, although what that restored has a leader', async () => {
    const host = await unstarted();
    expect(await perform(host, second({ host: 'master02' }))).toBe('wait');
    expect(await host.exists(etcdManifest)).toBe(false);
    expect(await host.exists(database)).toBe(false);
    expect(await perform(host, second({ host: 'master02', isDone: true }))).toBe('idle');
    expect(await host.exists(record)).toBe(false);
    expect(host.content(old)).toBe('old data');
  });

  it('begins from the start after one that is done', async () => {
    const host = lost();
    expect(await perform(host)).toBe('idle');
    etcd.answers.set('/v3/kv/range', withoutQuorum);
    expect(await perform(host, second())).toBe('idle');
    expect(host.content('/var/lib/etcd-before-r2/member/snap/db')).toBe('new data');
    expect(host.content(old)).toBe('old data');
    expect(await readRecovery(host)).toMatchObject({ id: 'r2', state: 'done' });
  });

  it('continues what an agent of an earlier release recorded', async () => {
    const [host, repair] = broken();
    await perform(host);
    const { kept: _, host: __, ...older } = (await readRecovery(host)) ?? { kept: null, host: '' };
    host.files.set(agentPaths.recovery, { content: JSON.stringify(older), mode: 0o600 });
    repair();
    expect(await perform(host, second())).toBe('idle');
    expect(host.content(old)).toBe('old data');
  });
});

describe('a quorum that returns', () => {
  it('ends an order that failed before it restored: data and manifests are in their place again', async () => {
    const [host] = broken();
    await perform(host);
    expect(await host.exists(database)).toBe(false);
    expect(await perform(host, order(), restorer)).toBe('idle');
    expect(host.content(database)).toBe('old data');
    expect(host.content(etcdManifest)).toBe(manifest);
    expect(await readRecovery(host)).toMatchObject({ stage: 'done', state: 'failed' });
  });

  it('ends the wait of a host that had made room', async () => {
    const host = lost();
    const elsewhere = order({ host: 'master03' });
    expect(await perform(host, elsewhere)).toBe('wait');
    expect(await perform(host, elsewhere, restorer)).toBe('idle');
    expect(host.content(database)).toBe('old data');
    expect(host.content('/etc/kubernetes/manifests/kube-apiserver.yaml')).toBe('api');
  });

  it('never has the old data put in the place of restored data', async () => {
    const host = lost();
    await perform(host);
    const known = { ...(await readRecovery(host)), stage: 'aside', state: 'working' };
    host.files.set(agentPaths.recovery, { content: JSON.stringify(known), mode: 0o600 });
    if (leaderless) etcd.answers.set('/v3/maintenance/status', leaderless);
    expect(await perform(host, order(), restorer)).toBe('retry');
    expect([host.content(database), host.content(old)]).toEqual(['new data', 'old data']);
  });
});
