import { afterAll, beforeEach } from 'vitest';
import { caFingerprint } from '../../../agent/kube/ca.ts';
import { adminConf, kubeletConf } from '../../../agent/kube/kubeconfig.ts';
import { caFile, etcdMember } from '../../../agent/steps/created-cluster.ts';
import { startEtcd, type TestMember } from '../etcd/cluster.ts';
import { nodeObject } from '../kube/api-server.ts';
import { apiServerOfFile } from '../kube/api-server-of-file.ts';
import { type TestContext, testContext } from './context.ts';

export const manifest = (pod: string) => `/etc/kubernetes/manifests/${pod}.yaml`;
export const etcdPod = `spec: {containers: [{image: "etcd:3.4.13-0", command: [etcd, --name=master01, --data-dir=/var/lib/etcd,
  "--initial-advertise-peer-urls=https://192.168.0.130:2380"]}]}`;
/** The agent's record of the cluster that the host holds. */
export const record = '/var/lib/muster-agent/created-cluster';
const node = '/api/v1/nodes/master01';
export const own: TestMember = { id: '1', name: 'master01', address: '192.168.0.130', runs: true };
export const other: TestMember = { id: '2', name: 'master02', address: '192.168.0.122', runs: true };
export const third: TestMember = { id: '3', name: 'master03', address: '192.168.0.123', runs: true };

/** What a join left on a host; absent: API server, kubelet and Node only. */
export interface Left {
  record?: boolean;
  etcd?: boolean;
  apiServer?: boolean;
  kubelet?: boolean;
  node?: boolean;
}

/** master01 of three control planes, with one API and one etcd for all tests of a file. */
export async function controlPlaneOfFile() {
  const api = await apiServerOfFile();
  const etcd = await startEtcd();
  afterAll(etcd.close);
  let pods: object[] = [];

  beforeEach(() => {
    etcd.members.length = 0;
    api.objects.set('/api/v1/namespaces/kube-system', {});
    api.objects.set('/api/v1/namespaces/kube-system/configmaps/kubeadm-config', {
      data: { ClusterConfiguration: 'kind: ClusterConfiguration\n' },
    });
    pods = [];
    api.hooks.push(({ path }) =>
      path.startsWith('/api/v1/pods?') ? { status: 200, body: { metadata: {}, items: pods } } : undefined,
    );
    // Without a majority etcd answers no read.
    api.hooks.push(() => {
      const voters = etcd.members.filter(({ isLearner }) => isLearner !== true);
      const isSilent = voters.filter(({ runs }) => runs).length <= voters.length / 2;
      return isSilent ? { status: 500, body: { message: 'etcdserver: request timed out' } } : undefined;
    });
  });

  /** The host with what a join has written so far. */
  async function host(left: Left, ...members: TestMember[]): Promise<TestContext> {
    for (const member of members) await etcd.add(member);
    const files: Record<string, string> = {
      [adminConf]: api.kubeconfig(),
      [caFile]: api.caPem,
      ...(left.kubelet === false ? {} : { [kubeletConf]: api.kubeconfig('system:node:master01') }),
      ...(left.record === true
        ? { [record]: JSON.stringify({ caSha256: '', etcd: { mountPoint: '/', uuid: '', kind: '' } }) }
        : {}),
      ...(left.etcd === true ? { [manifest('etcd')]: etcdPod, [etcdMember]: '' } : {}),
      ...(left.apiServer === false ? {} : { [manifest('kube-apiserver')]: '' }),
    };
    if (left.node !== false) api.objects.set(node, nodeObject('master01', true));
    const context = testContext('kubeadm-join', { self: 'master01', files, etcdAt: etcd.etcdOf('192.168.0.130') });
    context.assignment.bootstrap = 'join';
    context.assignment.settings.hosts.push(
      { name: 'master02', address: other.address, role: 'control-plane' },
      { name: 'master03', address: third.address, role: 'control-plane' },
    );
    context.assignment.cluster = { caPem: api.caPem, caSha256: caFingerprint(api.caPem) };
    context.requestJoinCredential = async () => ({
      ...{ token: 'abcdef.0123456789abcdef', expiresAt: '2026-01-01T00:15:00.000Z', certificateKey: 'ef'.repeat(32) },
      ...{ caPem: api.caPem, caSha256: caFingerprint(api.caPem) },
    });
    context.host.programs.findmnt = () => '{"filesystems":[{"target":"/","uuid":"1","fstype":"ext4"}]}';
    context.host.programs.systemctl = ([verb, unit]) => {
      if (verb === 'restart' && unit === 'kubelet') api.objects.set(node, nodeObject('master01', true));
      return '';
    };
    context.host.programs.kubeadm = ([verb]) => {
      if (verb === 'reset') for (const path of [...context.host.files.keys()]) context.host.files.delete(path);
      return '';
    };
    return context;
  }

  const run = (...listed: object[]): void => {
    pods = listed;
  };
  return { api, etcd, host, run };
}

/** kubeadm's commands, each up to its third word. */
export const kubeadm = ({ host: { calls } }: TestContext) =>
  calls.filter(({ program }) => program === 'kubeadm').map(({ args }) => args.slice(0, 3).join(' '));
