import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { labPaths } from '../../lab/layout.ts';
import { ensurePrograms } from './programs.ts';
import { until } from './until.ts';

const etcd = 'http://127.0.0.1:23790';
const server = 'https://127.0.0.1:64430';
const token = 'administrator';

export interface ApiServer {
  /** Path of an administrator's kubeconfig. */
  kubeconfig: string;
  close(): Promise<void>;
}

/** A real kube-apiserver with etcd on loopback, without nodes. */
export async function startApiServer(): Promise<ApiServer> {
  await ensurePrograms();
  const folder = await mkdtemp(join(tmpdir(), 'muster-api-server-'));
  const file = (name: string) => join(folder, name);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(file('key.pem'), privateKey.export({ type: 'pkcs1', format: 'pem' }));
  await writeFile(file('tokens.csv'), `${token},admin,admin,system:masters\n`);
  await writeFile(file('admin.conf'), JSON.stringify(kubeconfig()));
  const quiet = { reject: false, stdio: 'ignore' } as const;
  const store = execa(
    join(labPaths.tools, 'usr/bin/etcd'),
    [
      ...['--data-dir', file('etcd'), '--listen-client-urls', etcd, '--advertise-client-urls', etcd],
      ...['--listen-peer-urls', 'http://127.0.0.1:23800'],
    ],
    quiet,
  );
  const api = execa(
    join(labPaths.bin, 'kube-apiserver'),
    [
      ...['--etcd-servers', etcd, '--bind-address', '127.0.0.1', '--secure-port', new URL(server).port],
      ...['--cert-dir', file('certificates'), '--token-auth-file', file('tokens.csv'), '--authorization-mode', 'RBAC'],
      ...['--service-account-key-file', file('key.pem'), '--service-account-signing-key-file', file('key.pem')],
      ...['--service-account-issuer', server, '--service-cluster-ip-range', '10.96.0.0/16'],
    ],
    quiet,
  );
  const ready = ['--kubeconfig', file('admin.conf'), 'get', '--raw', '/readyz'];
  const isReady = async () => (await execa(join(labPaths.bin, 'kubectl'), ready, { reject: false })).exitCode === 0;
  await until(isReady, { seconds: 30, what: 'the API server' });
  return {
    kubeconfig: file('admin.conf'),
    async close() {
      api.kill();
      store.kill();
      await Promise.all([api, store]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Its certificate is self-signed; everything stays on loopback. */
const kubeconfig = () => ({
  apiVersion: 'v1',
  kind: 'Config',
  'current-context': 'test',
  contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
  users: [{ name: 'test', user: { token } }],
});
