import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import { createKubeClient, type KubeClient } from '../../../shared/kube/client.ts';
import { readKubeconfig } from '../../../shared/kube/kubeconfig.ts';
import { readIfThere } from '../../../shared/node/files.ts';
import { labPaths } from '../../lab/layout.ts';
import { until } from '../support/until.ts';

const program = (name: string) => join(labPaths.bin, name);
const version = 'v1.20.2';

/** A free port of the loopback interface. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** etcd of the lab's image, unpacked. */
async function etcdProgram(folder: string): Promise<string> {
  const image = join(labPaths.images, 'etcd_3.4.13-0.tar');
  const { stdout } = await execa('tar', ['-tf', image]);
  const layer = stdout.split('\n').find((name) => name.endsWith('.tar')) ?? '';
  await execa('sh', ['-c', `tar -xOf ${image} ${layer} | tar -x -C ${folder} --wildcards '*/etcd'`]);
  const found = await execa('find', [folder, '-name', 'etcd', '-type', 'f']);
  return found.stdout.trim();
}

const kubeadmConfig = (folder: string, port: number) =>
  [
    {
      apiVersion: 'kubeadm.k8s.io/v1beta2',
      kind: 'InitConfiguration',
      localAPIEndpoint: { advertiseAddress: '192.0.2.1', bindPort: port },
    },
    {
      apiVersion: 'kubeadm.k8s.io/v1beta2',
      kind: 'ClusterConfiguration',
      kubernetesVersion: version,
      certificatesDir: join(folder, 'pki'),
      controlPlaneEndpoint: `localhost:${port}`,
      apiServer: { certSANs: ['127.0.0.1', 'localhost'] },
    },
  ]
    .map((document) => stringify(document))
    .join('---\n');

/**
 * A real etcd, kube-apiserver and controller-manager (which signs certificates) of the lab's Kubernetes on the loopback
 * interface, with kubeadm's PKI.
 */
export async function startControlPlane() {
  const folder = await mkdtemp(join(tmpdir(), 'muster-api-'));
  const [port, client, peer] = [await freePort(), await freePort(), await freePort()];
  const pki = join(folder, 'pki');
  const config = join(folder, 'kubeadm.yaml');
  await writeFile(config, kubeadmConfig(folder, port));
  await execa(program('kubeadm'), ['init', 'phase', 'certs', 'all', '--config', config]);
  const kubeconfig = ['init', 'phase', 'kubeconfig', 'admin', '--config', config, '--kubeconfig-dir', folder];
  await execa(program('kubeadm'), kubeconfig);
  const children: ChildProcess[] = [];
  const run = (name: string, path: string, args: readonly string[]) => {
    const child = spawn(path, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr.pipe(createWriteStream(join(folder, `${name}.log`)));
    children.push(child);
    return child;
  };
  run('etcd', await etcdProgram(folder), [
    ...['--data-dir', join(folder, 'etcd-data'), '--listen-peer-urls', `http://127.0.0.1:${peer}`],
    ...['--listen-client-urls', `http://127.0.0.1:${client}`, '--advertise-client-urls', `http://127.0.0.1:${client}`],
    ...['--initial-advertise-peer-urls', `http://127.0.0.1:${peer}`],
    ...['--initial-cluster', `default=http://127.0.0.1:${peer}`],
  ]);
  const apiServer = run('apiserver', program('kube-apiserver'), [
    ...[`--etcd-servers=http://127.0.0.1:${client}`, `--secure-port=${port}`, '--bind-address=127.0.0.1'],
    ...['--advertise-address=192.0.2.1', '--authorization-mode=RBAC', '--service-cluster-ip-range=10.96.0.0/16'],
    ...[`--client-ca-file=${pki}/ca.crt`, `--tls-cert-file=${pki}/apiserver.crt`],
    ...[`--tls-private-key-file=${pki}/apiserver.key`, `--service-account-key-file=${pki}/sa.pub`],
    ...[`--service-account-signing-key-file=${pki}/sa.key`, '--service-account-issuer=https://kubernetes'],
  ]);
  const admin = join(folder, 'admin.conf');
  run('controller-manager', program('kube-controller-manager'), [
    ...[`--kubeconfig=${admin}`, '--controllers=csrsigning', '--leader-elect=false', '--secure-port=0', '--port=0'],
    ...[`--cluster-signing-cert-file=${pki}/ca.crt`, `--cluster-signing-key-file=${pki}/ca.key`],
  ]);
  const access = await readKubeconfig(readIfThere, admin);
  if (access === null) throw new Error(`${admin} does not exist`);
  const kube: KubeClient = createKubeClient(access);
  const isReady = async () => (await kubectl(admin, 'get', '--raw', '/readyz').catch(() => '')) === 'ok';
  await until(isReady, { seconds: 120, every: 500, what: `the API server (${folder})` });
  return {
    server: access.server,
    caPem: await readFile(join(pki, 'ca.crt'), 'utf8'),
    kube,
    kubectl: (...args: string[]) => kubectl(admin, ...args),
    /** Stops the process of the API server for a time: connections hang. */
    freeze: () => apiServer.kill('SIGSTOP'),
    thaw: () => apiServer.kill('SIGCONT'),
    async close(): Promise<void> {
      for (const child of children.toReversed()) child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type ControlPlane = Awaited<ReturnType<typeof startControlPlane>>;

async function kubectl(kubeconfig: string, ...args: string[]): Promise<string> {
  return (await execa(program('kubectl'), ['--kubeconfig', kubeconfig, ...args])).stdout;
}
