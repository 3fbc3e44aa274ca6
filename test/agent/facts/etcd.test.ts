import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { etcdManifest } from '../../../agent/etcd/pod.ts';
import { etcdFacts, etcdSign } from '../../../agent/facts/etcd.ts';
import { agentPaths } from '../../../shared/paths.ts';
import { etcdFactsSchema } from '../../../shared/protocol/etcd-facts.ts';
import { namespaceOf, recorded, startGateway } from '../etcd/gateway-server.ts';
import { fakeHost } from '../fake-host.ts';

const etcd = await startGateway();
afterAll(etcd.close);
beforeEach(() => {
  for (const [path, answer] of Object.entries(recorded)) etcd.answers.set(path, answer);
  const list = recorded['/v3/cluster/member/list']?.body ?? '';
  etcd.answers.set('/v3/cluster/member/list', { status: 200, body: list.replace('https://127.0.0.1:2379', etcd.url) });
});

const look = (files: Record<string, string> = { ...etcd.files, [etcdManifest]: '' }) =>
  etcdFacts(fakeHost({ files }), { endpoint: etcd.url });

describe('facts of etcd', () => {
  it('are absent on a host without a member', async () => {
    expect(await look(etcd.files)).toBeNull();
    expect(await look({ [etcdManifest]: '' })).toBeNull();
  });

  it('hold members, leader, sizes, latencies and alarms, with ids as etcdctl prints them', async () => {
    const facts = await look();
    expect(facts).toEqual({
      external: false,
      self: 'a874c87fd42044f',
      leader: 'e5cc86d5aefb1852',
      revision: null,
      members: [
        {
          ...{ id: 'a874c87fd42044f', name: 'm1', peerUrl: 'https://127.0.0.1:2380', isLearner: false, answers: true },
          ...{ version: '3.4.23', dbBytes: 1024 ** 2, inUseBytes: 1024 ** 2 },
        },
        {
          ...{ id: 'ff853f2aa40e8553', name: '', peerUrl: 'https://127.0.0.4:2380', isLearner: false, answers: false },
          ...{ version: null, dbBytes: null, inUseBytes: null },
        },
      ],
      quotaBytes: 2 * 1024 ** 3,
      fsyncMs: 12,
      commitMs: 8192,
      alarms: [{ member: 'a874c87fd42044f', alarm: 'NOSPACE' }],
      replaced: null,
    });
    expect(etcdFactsSchema.parse(facts)).toEqual(facts);
  });

  it('name the data that replaced the cluster’s', async () => {
    const record = JSON.stringify({
      caSha256: 'x',
      etcd: { mountPoint: '/', uuid: '', kind: '' },
      dataUid: '1b4e28ba-2fa1-4d2b-883f-0016d3cca427',
    });
    etcd.answers.set('/v3/kv/range', namespaceOf('6fa459ea-ee8a-4ca4-894e-db77e160355e'));
    const files = { ...etcd.files, [etcdManifest]: '', [`${agentPaths.state}/created-cluster`]: record };
    const facts = await look(files);
    expect(facts?.replaced).toEqual({
      recorded: '1b4e28ba-2fa1-4d2b-883f-0016d3cca427',
      found: '6fa459ea-ee8a-4ca4-894e-db77e160355e',
    });
    expect(etcdFactsSchema.parse(facts)).toEqual(facts);
    etcd.answers.set('/v3/kv/range', { status: 503, body: '' });
    expect(await look(files)).toMatchObject({ replaced: null });
  });

  it('name no leader without quorum, and no members while etcd refuses', async () => {
    const status = recorded['/v3/maintenance/status']?.body ?? '';
    etcd.answers.set('/v3/maintenance/status', {
      status: 200,
      body: status.replace('"leader":"16558758182256318546",', ''),
    });
    expect(await look()).toMatchObject({ self: 'a874c87fd42044f', leader: null, revision: '7', alarms: null });
    etcd.answers.set('/v3/maintenance/status', { status: 503, body: '' });
    expect(await look()).toMatchObject({ self: null, leader: null, members: [] });
  });
});

it('the sign changes with the leader and with a member that stops answering', async () => {
  const host = fakeHost({ files: { ...etcd.files, [etcdManifest]: '' } });
  const sign = () => etcdSign(host, { endpoint: etcd.url });
  const before = await sign();
  expect(await sign()).toBe(before);
  etcd.answers.set('/v3/maintenance/status', { status: 503, body: '' });
  expect(await sign()).not.toBe(before);
  expect(await etcdSign(fakeHost())).toBeNull();
});
