import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createEtcdClient } from '../../../agent/etcd/client.ts';
import { adoptData, noteData, replacedData } from '../../../agent/etcd/data-identity.ts';
import { agentPaths } from '../../../shared/paths.ts';
import { fakeHost } from '../fake-host.ts';
import { namespaceOf, recorded, startGateway, withoutQuorum } from './gateway-server.ts';

const etcd = await startGateway();
afterAll(etcd.close);
const [first, second] = ['1b4e28ba-2fa1-4d2b-883f-0016d3cca427', '6fa459ea-ee8a-4ca4-894e-db77e160355e'];
const path = `${agentPaths.state}/created-cluster`;
const cluster = { caSha256: 'x', etcd: { mountPoint: '/', uuid: '', kind: '' }, isExternal: false };

beforeEach(() => void etcd.answers.set('/v3/kv/range', namespaceOf(first)));

async function machine(record: object | null = cluster) {
  const files = { ...etcd.files, ...(record === null ? {} : { [path]: JSON.stringify(record) }) };
  const host = fakeHost({ files });
  const client = await createEtcdClient(host, { endpoint: etcd.url });
  if (client === null) throw new Error('no client');
  return { host, client };
}

describe('the identity of the cluster’s data', () => {
  it('is recorded with the cluster at first sight, and not changed by other data', async () => {
    const { host, client } = await machine();
    expect(await replacedData(host, client)).toBeNull();
    await noteData(host, client);
    expect(JSON.parse(host.content(path))).toEqual({ ...cluster, dataUid: first });
    etcd.answers.set('/v3/kv/range', namespaceOf(second));
    await noteData(host, client);
    expect(await replacedData(host, client)).toEqual({ recorded: first, found: second });
  });

  it('is not recorded of an etcd that is empty, unreadable or without an answer, nor without a cluster', async () => {
    for (const answer of [recorded['/v3/kv/range'] ?? withoutQuorum, namespaceOf('encrypted')]) {
      etcd.answers.set('/v3/kv/range', answer);
      const { host, client } = await machine();
      await noteData(host, client);
      expect(JSON.parse(host.content(path))).toEqual(cluster);
    }
    etcd.answers.set('/v3/kv/range', withoutQuorum);
    const { host, client } = await machine();
    await expect(noteData(host, client)).rejects.toMatchObject({ code: 'etcd-no-quorum' });
    etcd.answers.set('/v3/kv/range', namespaceOf(first));
    const none = await machine(null);
    await noteData(none.host, none.client);
    expect(none.host.files.has(path)).toBe(false);
  });

  it('differs from an etcd that is empty, not from one that cannot be read', async () => {
    const { host, client } = await machine({ ...cluster, dataUid: first });
    etcd.answers.set('/v3/kv/range', namespaceOf('encrypted'));
    expect(await replacedData(host, client)).toBeNull();
    etcd.answers.set('/v3/kv/range', recorded['/v3/kv/range'] ?? withoutQuorum);
    expect(await replacedData(host, client)).toEqual({ recorded: first, found: '' });
  });

  it('is that of the data which an operator chose', async () => {
    const { host, client } = await machine({ ...cluster, dataUid: second });
    await adoptData(host, client);
    expect(await replacedData(host, client)).toBeNull();
  });
});
