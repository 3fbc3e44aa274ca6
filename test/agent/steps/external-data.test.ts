import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { caFingerprint } from '../../../agent/kube/ca.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { keptCa } from '../../../agent/steps/kept-pki.ts';
import { kubeadmInit } from '../../../agent/steps/kubeadm-init.ts';
import { recorded, startGateway } from '../etcd/gateway-server.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { certificate } from '../kube/der.ts';
import { type TestContext, testContext, verbs } from './context.ts';

const api = await apiServerOfFile();
const etcd = await startGateway();
afterAll(etcd.close);

const [caPem = '', certPem = '', keyPem = ''] = Object.values(etcd.files);
const external = {
  ...{ kind: 'external' as const, endpoints: [etcd.url] },
  ...{ caFile: '/etc/etcd/ca.crt', certFile: '/etc/etcd/client.crt', keyFile: '/etc/etcd/client.key' },
};
const clientFiles = { [external.caFile]: caPem, [external.certFile]: certPem, [external.keyFile]: keyPem };
const pki = '/etc/kubernetes/pki';
const others = ['ca.key', 'sa.pub', 'sa.key', 'front-proxy-ca.crt', 'front-proxy-ca.key'];
const manifest = '/etc/kubernetes/manifests/kube-apiserver.yaml';

/** etcd holds objects, among them this CA's certificate, as protobuf has it. */
const holds = (pem: string) => {
  const value = Buffer.from(`k8s\0\n\u0001v1 ca.crt\u0012${pem}\u001a`).toString('base64');
  etcd.answers.set('/v3/kv/range', { status: 200, body: JSON.stringify({ kvs: [{ value }] }) });
};
beforeEach(() => {
  for (const [path, answer] of Object.entries(recorded)) etcd.answers.set(path, answer);
});

/** A control plane on which kubeadm behaves as it does: init keeps a CA that is there, reset deletes the PKI. */
function masterWith(files: Record<string, string> = clientFiles) {
  const context = testContext('kubeadm-init', {
    self: 'master01',
    files,
    change: (settings) => Object.assign(settings, { etcd: external }),
  });
  const { host } = context;
  const put = (path: string, content: string) => host.files.set(path, { content, mode: 0o600 });
  host.programs.kubeadm = ([verb]) => {
    if (verb === 'reset') deleteAll(context, '/etc/kubernetes/');
    if (verb !== 'init') return;
    put(adminConf, api.kubeconfig());
    if (!host.files.has(`${pki}/ca.crt`)) put(`${pki}/ca.crt`, api.caPem);
    for (const name of others) if (!host.files.has(`${pki}/${name}`)) put(`${pki}/${name}`, 'new');
    put(manifest, 'spec: {}');
  };
  host.programs.rm = (args) => {
    for (const path of args) if (path.startsWith('/')) deleteAll(context, path);
  };
  host.programs.systemctl = () => '';
  host.programs.journalctl = () => '';
  return context;
}

function deleteAll({ host }: TestContext, start: string): void {
  for (const path of [...host.files.keys()]) if (path.startsWith(start)) host.files.delete(path);
}

/** The cluster was created, and a person ran kubeadm reset. */
async function resetMaster() {
  const context = masterWith();
  await kubeadmInit.apply(context);
  deleteAll(context, '/etc/kubernetes/');
  context.host.calls.length = 0;
  context.assignment.cluster = { caPem: api.caPem, caSha256: caFingerprint(api.caPem) };
  return context;
}

describe('kubeadm init with an external etcd', () => {
  it('creates a cluster in an empty one, and keeps a copy of the PKI that only root reads', async () => {
    const context = masterWith();
    await kubeadmInit.apply(context);
    expect(await keptCa(context.host)).toBe(caFingerprint(api.caPem));
    const kept = [...context.host.files].filter(([path]) => path.startsWith('/var/lib/muster-agent/cluster-pki/'));
    expect(kept.map(([, { mode }]) => mode)).toEqual(Array(6).fill(0o600));
  });

  it('refuses one that holds another cluster', async () => {
    holds(certificate([['CN', 'kubernetes']]).certPem);
    const context = masterWith();
    await expect(kubeadmInit.apply(context)).rejects.toMatchObject({ code: 'etcd-holds-cluster' });
    expect(verbs(context)).not.toContain('kubeadm init');
  });

  it('refuses to run without the client files', async () => {
    await expect(kubeadmInit.apply(masterWith({}))).rejects.toMatchObject({ code: 'etcd-client-files-missing' });
  });

  it('continues the cluster after a reset with the CA and the keys that it had', async () => {
    const context = await resetMaster();
    holds(api.caPem);
    context.host.files.set('/var/lib/muster-agent/cluster-pki/sa.key', { content: 'old', mode: 0o600 });
    expect(await kubeadmInit.check(context)).toMatchObject({ state: 'todo' });
    await kubeadmInit.apply(context);
    expect(context.host.content(`${pki}/ca.crt`)).toBe(api.caPem);
    expect(context.host.content(`${pki}/sa.key`)).toBe('old');
  });

  it('asks an operator if the data is gone as well', async () => {
    expect(await kubeadmInit.check(await resetMaster())).toMatchObject({ state: 'waiting', code: 'cluster-lost' });
  });

  it('tries again with the same CA after an init that was cut short', async () => {
    const context = masterWith();
    const { kubeadm } = context.host.programs;
    context.host.programs.kubeadm = async (args, options) => {
      await kubeadm?.(args, options);
      return args[0] === 'init' ? { exitCode: 1 } : '';
    };
    await expect(kubeadmInit.apply(context)).rejects.toMatchObject({ code: 'kubeadm-init-failed' });
    const first = context.host.content(`${pki}/sa.key`);
    context.host.files.set(`${pki}/sa.key`, { content: `${first} of the first try`, mode: 0o600 });
    await kubeadmInit.cleanUp?.(context);
    expect(context.host.files.has(`${pki}/ca.key`)).toBe(false);
    holds(api.caPem);
    if (kubeadm !== undefined) context.host.programs.kubeadm = kubeadm;
    await kubeadmInit.apply(context);
    expect(context.host.content(`${pki}/sa.key`)).toBe(`${first} of the first try`);
  });

  it('never deletes what is below /var/lib/etcd, which may be the site’s', async () => {
    const context = masterWith({ ...clientFiles, '/var/lib/etcd/member/wal/0': '', [adminConf]: 'x' });
    await kubeadmInit.cleanUp?.(context);
    expect(verbs(context)).toContain('kubeadm reset');
    expect(context.host.files.has('/var/lib/etcd/member/wal/0')).toBe(true);
  });
});
