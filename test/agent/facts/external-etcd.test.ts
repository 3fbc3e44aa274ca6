import { createPrivateKey } from 'node:crypto';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { etcdFacts } from '../../../agent/facts/etcd.ts';
import { externalEtcdFacts } from '../../../agent/facts/external-etcd.ts';
import { externalEtcdFactsSchema } from '../../../shared/protocol/etcd-facts.ts';
import { recorded, startGateway } from '../etcd/gateway-server.ts';
import { fakeHost } from '../fake-host.ts';
import { certificate } from '../kube/der.ts';
import { controlPlane, sampleAssignment } from '../samples.ts';

const etcd = await startGateway();
afterAll(etcd.close);
beforeEach(() => {
  for (const [path, answer] of Object.entries(recorded)) etcd.answers.set(path, answer);
});

const [caPem = '', certPem = '', pkcs8 = ''] = Object.values(etcd.files);
const keyPem = createPrivateKey(pkcs8).export({ type: 'sec1', format: 'pem' }) as string;
const external = {
  ...{ kind: 'external' as const, endpoints: [etcd.url, 'https://127.0.0.1:1'] },
  ...{ caFile: '/etc/etcd/ca.crt', certFile: '/etc/etcd/client.crt', keyFile: '/etc/etcd/client.key' },
};
const files = { [external.caFile]: caPem, [external.certFile]: certPem, [external.keyFile]: keyPem };
const assignment = controlPlane();
const planned = { ...assignment, settings: { ...assignment.settings, etcd: external } };
const look = (present: Record<string, string> = files) =>
  externalEtcdFacts(fakeHost({ files: present }), planned, { isNode: false });

it('asks every endpoint with the planned files, and what etcd holds', async () => {
  const facts = await look();
  expect(facts).toEqual({
    missing: [],
    certificate: null,
    endpoints: [
      { url: etcd.url, failure: null, version: '3.4.23', cluster: 'bf927d4b49aa7532' },
      { url: 'https://127.0.0.1:1', failure: expect.any(String), version: null, cluster: null },
    ],
    registry: { isEmpty: true, caSha256s: [] },
    keptCaSha256: null,
  });
  expect(externalEtcdFactsSchema.parse(facts)).toEqual(facts);
});

it('names the files that are missing, and sends no request without them', async () => {
  const { [external.keyFile]: _, ...rest } = files;
  expect(await look(rest)).toMatchObject({
    missing: [external.keyFile],
    registry: null,
    endpoints: [{ failure: null }, {}],
  });
});

it('sees a key that does not belong to the certificate, and one that is not PEM', async () => {
  const other = certificate([['CN', 'other']]).keyPem;
  expect(await look({ ...files, [external.keyFile]: other })).toMatchObject({ certificate: 'other-key' });
  expect(await look({ ...files, [external.keyFile]: 'x' })).toMatchObject({ certificate: 'unreadable' });
});

it('sees an EC key that kubeadm cannot pass on to another control plane', async () => {
  expect(await look({ ...files, [external.keyFile]: pkcs8 })).toMatchObject({ certificate: 'key-format' });
});

it('is absent on workers and with stacked etcd', async () => {
  const worker = sampleAssignment();
  const none = { isNode: false };
  expect(await externalEtcdFacts(fakeHost(), { ...worker, settings: planned.settings }, none)).toBeNull();
  expect(await externalEtcdFacts(fakeHost(), assignment, none)).toBeNull();
});

it('etcd’s own facts come from the endpoints that the API server uses', async () => {
  const command = [
    ...['kube-apiserver', `--etcd-servers=${external.endpoints.toReversed().join()}`],
    ...[
      `--etcd-cafile=${external.caFile}`,
      `--etcd-certfile=${external.certFile}`,
      `--etcd-keyfile=${external.keyFile}`,
    ],
  ];
  const manifest = JSON.stringify({ spec: { containers: [{ image: 'x', command }] } });
  const host = fakeHost({ files: { ...files, '/etc/kubernetes/manifests/kube-apiserver.yaml': manifest } });
  expect(await etcdFacts(host)).toMatchObject({
    external: true,
    self: 'a874c87fd42044f',
    members: [{ name: 'm1' }, {}],
  });
});
