import { expect, test } from 'vitest';
import { clusterConfiguration } from '../../../agent/kube/configuration.ts';

const of = (yaml: string) => clusterConfiguration({ get: async () => ({ data: { ClusterConfiguration: yaml } }) });

/** kube-apiserver's own range. */
const nodePorts = { from: 30_000, to: 32_767 };

test('reads what kubeadm recorded', async () => {
  expect(
    await of(`apiServer: {timeoutForControlPlane: 4m0s}
apiVersion: kubeadm.k8s.io/v1beta2
clusterName: demo
controlPlaneEndpoint: demo.muster.internal:6443
imageRepository: registry.aliyuncs.com/google_containers
kind: ClusterConfiguration
kubernetesVersion: v1.20.2
networking: {dnsDomain: cluster.local, podSubnet: 10.244.0.0/16, serviceSubnet: 10.96.0.0/12}
`),
  ).toEqual({
    name: 'demo',
    version: '1.20.2',
    imageRepository: 'registry.aliyuncs.com/google_containers',
    endpoint: { host: 'demo.muster.internal', port: 6443 },
    podSubnet: '10.244.0.0/16',
    serviceSubnet: '10.96.0.0/12',
    dnsDomain: 'cluster.local',
    nodePorts,
  });
});

test('reads where the data is', async () => {
  const external = {
    ...{ endpoints: ['https://10.0.0.1:2379'], caFile: '/etc/etcd/ca.crt' },
    ...{ certFile: '/etc/etcd/client.crt', keyFile: '/etc/etcd/client.key' },
  };
  expect(await of(`etcd: {external: ${JSON.stringify(external)}}`)).toEqual({
    ...{ nodePorts, etcd: { kind: 'external', ...external } },
  });
  expect(await of('etcd: {local: {dataDir: /var/lib/etcd}}')).toEqual({ nodePorts, etcd: { kind: 'stacked' } });
  expect(await of('etcd: {external: {endpoints: [http://10.0.0.1:2379]}}')).toEqual({ nodePorts });
});

test('leaves out what a plan could not say, because other hosts get it', async () => {
  expect(
    await of(`clusterName: "x; reboot"
controlPlaneEndpoint: ""
kubernetesVersion: "v1.20.2\\nkind: x"
imageRepository: r.example.com
networking: {podSubnet: "10.244.0.0/16,fd00::/48", dnsDomain: 7}
`),
  ).toEqual({ imageRepository: 'r.example.com', nodePorts });
});

test.each([
  ['{service-node-port-range: 31000-31999}', { from: 31_000, to: 31_999 }],
  ['[{name: service-node-port-range, value: 31000-31999}]', { from: 31_000, to: 31_999 }],
  ['{service-node-port-range: 99999}', undefined],
  ['null', { from: 30_000, to: 32_767 }],
])('reads the ports of NodePort Services from the arguments %s', async (extraArgs, expected) => {
  expect((await of(`apiServer: {extraArgs: ${extraArgs}}`))?.nodePorts).toEqual(expected);
});

test('is null without the ConfigMap or where it is not YAML, and leaves out what has another form', async () => {
  expect(await clusterConfiguration({ get: async () => null })).toBeNull();
  expect(await of('a: [')).toBeNull();
  expect(await of('networking: none')).toEqual({ nodePorts });
});
