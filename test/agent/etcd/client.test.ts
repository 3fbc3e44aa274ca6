import { createHash } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEtcdClient } from '../../../agent/etcd/client.ts';
import { fakeHost } from '../fake-host.ts';
import { namespaceOf, recorded, startGateway, withoutQuorum } from './gateway-server.ts';

const etcd = await startGateway();
afterAll(etcd.close);

beforeEach(() => {
  etcd.requests.length = 0;
  for (const [path, answer] of Object.entries(recorded)) etcd.answers.set(path, answer);
});

async function connect() {
  const client = await createEtcdClient(fakeHost({ files: etcd.files }), { endpoint: etcd.url });
  if (client === null) throw new Error('no client');
  return client;
}

describe('the client', () => {
  it('is null on a host without etcd’s certificates', async () => {
    expect(await createEtcdClient(fakeHost())).toBeNull();
  });

  it('presents the certificate for health checks', async () => {
    await (await connect()).status();
    expect(etcd.requests[0]?.user).toBe('kube-etcd-healthcheck-client');
  });

  it('lists members, also one that never started', async () => {
    expect(await (await connect()).members()).toEqual([
      {
        id: '758659209188475983',
        name: 'm1',
        peerUrls: ['https://127.0.0.1:2380'],
        clientUrls: ['https://127.0.0.1:2379'],
        isLearner: false,
      },
      { id: '18412192103947732307', name: '', peerUrls: ['https://127.0.0.4:2380'], clientUrls: [], isLearner: false },
    ]);
    expect(etcd.requests.map(({ path }) => path)).toEqual(['/v3/cluster/member/list']);
  });

  it('identifies the data by the UID of the namespace kube-system, if there is one that can be read', async () => {
    const client = await connect();
    expect(await client.dataUid()).toBe('');
    etcd.answers.set('/v3/kv/range', namespaceOf('1b4e28ba-2fa1-4d2b-883f-0016d3cca427'));
    expect(await client.dataUid()).toBe('1b4e28ba-2fa1-4d2b-883f-0016d3cca427');
    const key = Buffer.from('/registry/namespaces/kube-system').toString('base64');
    expect(etcd.requests.at(-1)?.body).toEqual({ key, serializable: true });
    etcd.answers.set('/v3/kv/range', namespaceOf('encrypted'));
    expect(await client.dataUid()).toBeNull();
    etcd.answers.set('/v3/kv/range', withoutQuorum);
    await expect(client.dataUid()).rejects.toMatchObject({ code: 'etcd-no-quorum' });
  });

  it('reads from a majority before it lists the members that a majority agrees on', async () => {
    await (await connect()).members({ quorum: true });
    expect(etcd.requests.map(({ path }) => path)).toEqual(['/v3/kv/range', '/v3/cluster/member/list']);
    expect(etcd.requests[1]?.body).toEqual({ linearizable: true });
    etcd.answers.set('/v3/kv/range', withoutQuorum);
    await expect((await connect()).members({ quorum: true })).rejects.toMatchObject({ code: 'etcd-no-quorum' });
  });

  it('reads sizes, leader and revision of a member', async () => {
    expect(await (await connect()).status()).toEqual({
      id: '758659209188475983',
      cluster: '13804233570155918642',
      version: '3.4.23',
      leader: '16558758182256318546',
      isLearner: false,
      dbBytes: 20480,
      inUseBytes: 16384,
      quotaBytes: null,
      revision: '7',
    });
  });

  it('lists alarms', async () => {
    expect(await (await connect()).alarms()).toEqual([{ member: '758659209188475983', alarm: 'NOSPACE' }]);
    etcd.answers.set('/v3/maintenance/alarm', { status: 200, body: '{}' });
    expect(await (await connect()).alarms()).toEqual([]);
  });

  it('reports refusals with the status of the gateway', async () => {
    const client = await connect();
    await expect(client.remove('5')).rejects.toMatchObject({ code: 'etcd-refused', status: 404 });
    await expect(client.moveLeader('5')).rejects.toMatchObject({ code: 'etcd-refused', status: 412 });
    expect(etcd.requests.map(({ body }) => body)).toEqual([{ ID: '5' }, { targetID: '5' }]);
  });

  it('distinguishes silence, a response that is too long and one of another shape', async () => {
    const client = await connect();
    await expect(client.defragment('https://127.0.0.1:1')).rejects.toMatchObject({ code: 'etcd-unreachable' });
    etcd.answers.set('/v3/maintenance/status', { status: 200, body: ' '.repeat(2 * 1024 ** 2) });
    await expect(client.status()).rejects.toMatchObject({ code: 'etcd-unreachable' });
    etcd.answers.set('/v3/maintenance/status', { status: 200, body: '{"header":{"member_id":7}}' });
    await expect(client.status()).rejects.toMatchObject({ code: 'etcd-answer-invalid' });
  });
});

describe('a snapshot', () => {
  const db = Buffer.alloc(40 * 512, 'etcd');
  const line = (blob: Buffer) => `${JSON.stringify({ result: { blob: blob.toString('base64') } })}\n`;
  const sum = createHash('sha256').update(db).digest();
  const whole = [line(db.subarray(0, 700)), line(db.subarray(700)), line(sum)];

  async function take(lines: readonly string[], status = 200): Promise<Buffer> {
    etcd.answers.set('/v3/maintenance/snapshot', { status, body: lines.join('') });
    const parts: Buffer[] = [];
    for await (const part of (await connect()).snapshot()) parts.push(part);
    return Buffer.concat(parts);
  }

  it('is the database followed by its checksum', async () => {
    expect(await take(whole)).toEqual(Buffer.concat([db, sum]));
  });

  it.each([
    ['is cut', whole.slice(0, 2)],
    ['lacks a part', [whole[0] ?? '', whole[2] ?? '']],
    ['has another checksum', [...whole.slice(0, 2), line(Buffer.alloc(32))]],
    ['is empty', []],
    ['ends with an error', [...whole, '{"error":{"message":"etcdserver: stopped"}}\n']],
    ['is not JSON', ['<html>']],
  ])('is refused when it %s', async (_, lines) => {
    await expect(take(lines)).rejects.toMatchObject({ code: 'etcd-snapshot-damaged' });
  });

  it('is refused with the status of the gateway', async () => {
    await expect(take(['{"message":"permission denied","code":7}'], 403)).rejects.toMatchObject({
      code: 'etcd-refused',
      status: 403,
    });
  });
});
