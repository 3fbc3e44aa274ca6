import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { initDocuments, joinDocuments } from '../../../shared/kubeadm/config.ts';
import { kubeadmYaml } from '../../../shared/kubeadm/yaml.ts';
import { assignmentOf } from './assignment.ts';

const token = 'abcdef.0123456789abcdef';
const certificateKey = 'cd'.repeat(32);
const caPin = `sha256:${'ab'.repeat(32)}`;

/** The documents of an init configuration, by kind. */
function initOf(...plan: Parameters<typeof assignmentOf>) {
  const text = kubeadmYaml(initDocuments(assignmentOf(...plan), { token }));
  const documents = parseAllDocuments(text).map((document) => document.toJS());
  expect(documents.map(({ kind }) => kind)).toEqual([
    'InitConfiguration',
    'ClusterConfiguration',
    'KubeletConfiguration',
    'KubeProxyConfiguration',
  ]);
  const [init, cluster, kubelet, proxy] = documents;
  return { init, cluster, kubelet, proxy };
}

function joinOf(...plan: Parameters<typeof assignmentOf>) {
  return parse(kubeadmYaml(joinDocuments(assignmentOf(...plan), { token, caPin, certificateKey })));
}

describe.each([
  ['1.20.2', 'v1beta2'],
  ['1.21.14', 'v1beta2'],
  ['1.22.0', 'v1beta3'],
  ['1.23.0', 'v1beta3'],
  ['1.30.2', 'v1beta3'],
  ['1.31.0', 'v1beta4'],
  ['1.34.1', 'v1beta4'],
])('for kubeadm %s', (version, apiVersion) => {
  const kubernetes = { version, packages: 'aliyun' };
  const extraArgs = (name: string, value: string) => (apiVersion === 'v1beta4' ? [{ name, value }] : { [name]: value });
  const nodeIp = (address: string) => extraArgs('node-ip', address);

  test(`the init configuration is ${apiVersion}`, () => {
    const { init, cluster, kubelet, proxy } = initOf('master01', { kubernetes });
    expect(init).toEqual({
      apiVersion: `kubeadm.k8s.io/${apiVersion}`,
      kind: 'InitConfiguration',
      bootstrapTokens: [{ token, ttl: '15m0s' }],
      localAPIEndpoint: { advertiseAddress: '192.168.0.130', bindPort: 6443 },
      nodeRegistration: {
        name: 'master01',
        criSocket: expect.stringContaining('/run/containerd/containerd.sock'),
        kubeletExtraArgs: nodeIp('192.168.0.130'),
      },
    });
    expect(cluster).toEqual({
      apiVersion: `kubeadm.k8s.io/${apiVersion}`,
      kind: 'ClusterConfiguration',
      clusterName: 'demo',
      kubernetesVersion: `v${version}`,
      imageRepository: expect.any(String),
      controlPlaneEndpoint: 'demo.muster.internal:6443',
      networking: { podSubnet: '10.244.0.0/16', serviceSubnet: '10.96.0.0/12', dnsDomain: 'cluster.local' },
      apiServer: { certSANs: ['master01', '192.168.0.130', 'demo.muster.internal'] },
      controllerManager: { extraArgs: extraArgs('leader-elect-retry-period', '1s') },
    });
    expect(kubelet).toMatchObject({ apiVersion: 'kubelet.config.k8s.io/v1beta1', cgroupDriver: 'systemd' });
    expect(proxy).toEqual({ apiVersion: 'kubeproxy.config.k8s.io/v1alpha1', kind: 'KubeProxyConfiguration' });
  });

  test(`an external etcd takes the place of kubeadm’s own in ${apiVersion}`, () => {
    const external = {
      endpoints: ['https://10.0.0.1:2379'],
      ...{ caFile: '/etc/etcd/ca.crt', certFile: '/etc/etcd/client.crt', keyFile: '/etc/etcd/client.key' },
    };
    const sections = { kubernetes, etcd: { external } };
    expect(initOf('master01', sections).cluster.etcd).toEqual({ external });
    expect(JSON.stringify(joinOf('node01', sections))).not.toContain('/etc/etcd');
  });

  test(`the join configuration is ${apiVersion} and pins the cluster’s CA by its hash`, () => {
    expect(joinOf('node01', { kubernetes })).toEqual({
      apiVersion: `kubeadm.k8s.io/${apiVersion}`,
      kind: 'JoinConfiguration',
      discovery: {
        bootstrapToken: { token, apiServerEndpoint: 'demo.muster.internal:6443', caCertHashes: [caPin] },
      },
      nodeRegistration: {
        name: 'node01',
        criSocket: expect.stringContaining('/run/containerd/containerd.sock'),
        kubeletExtraArgs: nodeIp('192.168.0.131'),
      },
    });
  });
});

test('a node reports a changed state soon, and writes nothing while it is unchanged', () => {
  const { kubelet } = initOf('master01', {});
  expect(kubelet).toMatchObject({ nodeStatusUpdateFrequency: '2s', nodeStatusReportFrequency: '5m' });
});

test('planned taints are set from the start, and without them kubeadm’s own stay', () => {
  const hosts = [
    { name: 'master01', address: '10.1.0.1', role: 'control-plane' },
    { name: 'node01', address: '10.1.0.2', role: 'worker', taints: ['dedicated=gpu:NoSchedule', 'x:NoExecute'] },
  ];
  expect(joinOf('node01', { hosts }).nodeRegistration.taints).toEqual([
    { key: 'dedicated', value: 'gpu', effect: 'NoSchedule' },
    { key: 'x', effect: 'NoExecute' },
  ]);
  expect(initOf('master01', { hosts }).init.nodeRegistration).not.toHaveProperty('taints');
});

test('planned taints of a control plane are added to kubeadm’s own, unless they have its key', () => {
  const taintsOf = (version: string, ...taints: string[]) => {
    const hosts = [{ name: 'master01', address: '10.1.0.1', role: 'control-plane', taints }];
    return initOf('master01', { hosts, kubernetes: { version, packages: 'aliyun' } }).init.nodeRegistration.taints;
  };
  const master = { key: 'node-role.kubernetes.io/master', effect: 'NoSchedule' };
  const controlPlane = { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' };
  const own = { key: 'x', effect: 'NoExecute' };
  expect(taintsOf('1.23.0', 'x:NoExecute')).toEqual([master, own]);
  expect(taintsOf('1.24.0', 'x:NoExecute')).toEqual([master, controlPlane, own]);
  expect(taintsOf('1.30.2', 'x:NoExecute')).toEqual([controlPlane, own]);
  expect(taintsOf('1.30.2', `${controlPlane.key}:PreferNoSchedule`)).toEqual([
    { key: controlPlane.key, effect: 'PreferNoSchedule' },
  ]);
});

test('the API server listens on a managed endpoint’s port, and on 6443 behind the site’s own endpoint', () => {
  const bindPort = (controlPlaneEndpoint: unknown) =>
    initOf('master01', { kubernetes: { version: '1.30.2', controlPlaneEndpoint } }).init.localAPIEndpoint.bindPort;
  expect(bindPort('api.example.com:8443')).toBe(8443);
  expect(bindPort({ host: 'api.example.com', port: 443, managed: false })).toBe(6443);
});

describe('component settings', () => {
  test('are merged over muster’s values, and lists replace', () => {
    const components = {
      clusterConfiguration: { apiServer: { certSANs: ['k8s.example.com'], extraArgs: { v: '2' } } },
      kubeletConfiguration: { maxPods: 200 },
      kubeProxyConfiguration: { conntrack: { maxPerCore: 0 } },
    };
    const { cluster, kubelet, proxy } = initOf('master01', { kubernetes: { version: '1.30.2', components } });
    expect(cluster.apiServer).toEqual({ certSANs: ['k8s.example.com'], extraArgs: { v: '2' } });
    expect(cluster.clusterName).toBe('demo');
    expect(kubelet).toMatchObject({ cgroupDriver: 'systemd', maxPods: 200 });
    expect(proxy.conntrack).toEqual({ maxPerCore: 0 });
  });

  test('that are empty change nothing', () => {
    const components = { clusterConfiguration: { apiServer: null, controllerManager: { extraArgs: null } } };
    const { cluster } = initOf('master01', { kubernetes: { version: '1.34.1', components } });
    expect(cluster.apiServer.certSANs).toContain('master01');
    expect(cluster.controllerManager.extraArgs).toHaveLength(1);
  });

  test('add to the arguments of the control plane, a map also for v1beta4', () => {
    const components = { clusterConfiguration: { controllerManager: { extraArgs: { 'node-cidr-mask-size': '25' } } } };
    const { cluster } = initOf('master01', { kubernetes: { version: '1.34.1', components } });
    expect(cluster.controllerManager.extraArgs).toEqual([
      { name: 'leader-elect-retry-period', value: '1s' },
      { name: 'node-cidr-mask-size', value: '25' },
    ]);
  });

  test('add to the kubelet’s arguments in both of kubeadm’s forms', () => {
    const argumentsOf = (version: string, kubeletExtraArgs: unknown) => {
      const components = { joinConfiguration: { nodeRegistration: { kubeletExtraArgs } } };
      return joinOf('node01', { kubernetes: { version, components } }).nodeRegistration.kubeletExtraArgs;
    };
    expect(argumentsOf('1.30.2', { v: '4' })).toEqual({ 'node-ip': '192.168.0.131', v: '4' });
    expect(argumentsOf('1.31.0', [{ name: 'v', value: '4' }])).toEqual([
      { name: 'node-ip', value: '192.168.0.131' },
      { name: 'v', value: '4' },
    ]);
    expect(argumentsOf('1.31.0', { v: 4, 'fail-swap-on': false })).toEqual([
      { name: 'node-ip', value: '192.168.0.131' },
      { name: 'v', value: '4' },
      { name: 'fail-swap-on', value: 'false' },
    ]);
    expect(argumentsOf('1.30.2', [{ name: 'v', value: 4 }])).toEqual({ 'node-ip': '192.168.0.131', v: '4' });
  });
});

test('the kubelet rotates container logs where docker does not', () => {
  const { kubelet } = initOf('master01', { runtime: 'containerd' });
  expect(kubelet).toMatchObject({ containerLogMaxSize: '100Mi', containerLogMaxFiles: 3 });
  const docker = initOf('master01', { runtime: 'docker', kubernetes: { version: '1.23.0', packages: 'aliyun' } });
  expect(docker.kubelet).not.toHaveProperty('containerLogMaxSize');
});

test.each([
  '1.24.0',
  '1.28.0',
  '1.31.0',
  '1.34.1',
])('docker with Kubernetes %s is used through cri-dockerd', (version) => {
  const sections = { kubernetes: { version }, runtime: 'docker' };
  const { init, kubelet } = initOf('master01', sections);
  const [join] = joinDocuments(assignmentOf('node01', sections), {
    token,
    caPin: `sha256:${'0'.repeat(64)}`,
    certificateKey,
  });
  const socket = { nodeRegistration: { criSocket: 'unix:///var/run/cri-dockerd.sock' } };
  expect(init).toMatchObject(socket);
  expect(join).toMatchObject(socket);
  expect(kubelet).toMatchObject({ cgroupDriver: 'systemd' });
});
