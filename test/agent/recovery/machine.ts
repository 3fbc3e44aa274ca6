import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach } from 'vitest';
import { manifestName, sumsOf } from '../../../agent/backup/manifest.ts';
import { createEtcdClient } from '../../../agent/etcd/client.ts';
import type { EtcdAt } from '../../../agent/etcd/members.ts';
import { etcdManifest } from '../../../agent/etcd/pod.ts';
import { adminConf } from '../../../agent/kube/kubeconfig.ts';
import { createRecovery } from '../../../agent/recovery/recovery.ts';
import { readRecovery } from '../../../agent/recovery/state.ts';
import { silentLogger } from '../../../shared/logger.ts';
import { agentPaths } from '../../../shared/paths.ts';
import type { RecoveryOrder } from '../../../shared/protocol/recovery.ts';
import { recorded, startGateway, withoutQuorum } from '../etcd/gateway-server.ts';
import { type FakeHost, fakeHost } from '../fake-host.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { controlPlane } from '../samples.ts';

export const api = await apiServerOfFile();
export const etcd = await startGateway();
export const restored = await startGateway();
const backups = mkdtempSync(join(tmpdir(), 'muster-recovery-'));
afterAll(() => {
  for (const { close } of [etcd, restored]) close();
  rmSync(backups, { recursive: true });
});

const base = controlPlane();
export const others = ['master02', 'master03'].map((name, index) => ({
  ...{ ...base.host, name, address: `192.168.0.14${index}`, role: 'control-plane' as const },
}));
const assignment = { ...base, settings: { ...base.settings, hosts: [base.host, ...others] } };
export const self = assignment.host.name;
export const order = (changes: Partial<RecoveryOrder> = {}): RecoveryOrder => ({
  ...{ id: 'r1', host: self, from: 'member', isDone: false },
  ...changes,
});
export const manifest = `spec: {containers: [{image: "registry.k8s.io/etcd:3.4.13-0", command: [etcd, --name=${self},
  --data-dir=/var/lib/etcd, "--initial-advertise-peer-urls=https://192.168.0.130:2380"]}]}`;
export const folder = '/etc/kubernetes/manifests';
export const record = `${agentPaths.state}/created-cluster`;
export const status = recorded['/v3/maintenance/status'];
export const leaderless = status && { ...status, body: status.body.replace('"leader":"16558758182256318546",', '') };

/** A control plane that lost its quorum; its programs move files of this machine in memory. */
export function lost(changes: Record<string, string> = {}): FakeHost {
  const host: FakeHost = fakeHost({
    files: {
      ...etcd.files,
      [etcdManifest]: manifest,
      [`${folder}/kube-apiserver.yaml`]: 'api',
      '/var/lib/etcd/member/snap/db': 'old data',
      [record]: JSON.stringify({ caSha256: 'x', etcd: { mountPoint: '/', uuid: '', kind: '' } }),
      '/etc/kubernetes/pki/ca.key': 'key',
      '/etc/kubernetes/pki/ca.crt': 'its CA',
      [adminConf]: api.kubeconfig(),
      ...changes,
    },
    programs: {
      mkdir: () => '',
      mv(args) {
        const [from = '', to = ''] = args.slice(-2);
        for (const [path, file] of [...host.files]) {
          if (path !== from && !path.startsWith(`${from}/`)) continue;
          host.files.delete(path);
          host.files.set(to + path.slice(from.length), file);
        }
        return '';
      },
      docker(args) {
        if (args[0] !== 'run') return '';
        const program = args[args.indexOf('--entrypoint') + 1];
        if (program === 'etcdutl') return { exitCode: 127 };
        host.files.set('/var/lib/etcd/restored/member/snap/db', { content: 'new data', mode: 0o600 });
        etcd.answers.set('/v3/kv/range', recorded['/v3/kv/range'] ?? withoutQuorum);
        return '';
      },
      ctr: () => ({ exitCode: 1 }),
    },
  });
  return host;
}

beforeEach(() => {
  for (const one of [etcd, restored]) {
    for (const [path, answer] of Object.entries(recorded)) one.answers.set(path, answer);
  }
  if (leaderless) etcd.answers.set('/v3/maintenance/status', leaderless);
  etcd.answers.set('/v3/kv/range', withoutQuorum);
  api.objects.clear();
  api.objects.set('/api/v1/namespaces/kube-system', {});
  for (const { name } of others) api.objects.set(`/api/v1/nodes/${name}`, {});
});

const docker = {
  ...assignment,
  settings: { ...assignment.settings, runtime: { ...base.settings.runtime, name: 'docker' as const } },
};
/** master02, which has a leader; master03 does not answer. */
export const restorer: EtcdAt = async (address) =>
  address === others[0]?.address
    ? createEtcdClient(fakeHost({ files: restored.files }), { endpoint: restored.url })
    : null;
export const nobody: EtcdAt = async () => null;
export const perform = (host: FakeHost, given = order(), etcdAt = nobody) =>
  createRecovery({ host, log: silentLogger(), onChange: () => undefined, endpoint: etcd.url, etcdAt, backups }).perform(
    given,
    docker,
  );
export const state = async (host: FakeHost) => (await readRecovery(host))?.state;

/** A backup in the folder of this machine's backups; returns the path of its snapshot. */
export async function backedUp(name: string, ca = 'its CA'): Promise<string> {
  const folder = join(backups, name);
  await mkdir(join(folder, 'pki'), { recursive: true });
  await writeFile(join(folder, 'pki/ca.crt'), `${ca}\n`);
  await writeFile(join(folder, 'snapshot.db'), 'snapshot');
  const [createdAt, image] = ['2026-11-30T01:00:00Z', 'registry.k8s.io/etcd:3.4.13-0'];
  const held = { revision: '7', keys: 1, keysSha256: '0'.repeat(64), files: await sumsOf(folder) };
  await writeFile(join(folder, manifestName), JSON.stringify({ createdAt, host: self, image, ...held }));
  return join(folder, 'snapshot.db');
}
