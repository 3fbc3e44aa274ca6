import { expect, test } from 'vitest';
import { isKubeletConfigured, readKubeletFlags, withVariables } from '../../../agent/machine/kubelet.ts';
import { fakeHost } from '../fake-host.ts';

const having = (flags: string) => fakeHost({ files: { '/var/lib/kubelet/kubeadm-flags.env': flags } });

test.each([
  [
    'KUBELET_KUBEADM_ARGS="--container-runtime-endpoint=unix:///run/containerd/containerd.sock --node-ip=10.0.0.1"',
    { runtime: 'containerd', runtimeSocket: '/run/containerd/containerd.sock', nodeIp: '10.0.0.1' },
  ],
  ['KUBELET_KUBEADM_ARGS="--network-plugin=cni"', { runtime: 'docker', runtimeSocket: null, nodeIp: null }],
  ['KUBELET_KUBEADM_ARGS="--container-runtime=remote"', { runtime: null, runtimeSocket: null }],
])('%s', async (flags, expected) => expect(await readKubeletFlags(having(flags))).toMatchObject(expected));

test.each([
  ['unix:///var/run/cri-dockerd.sock', { runtime: 'docker', runtimeSocket: '/var/run/cri-dockerd.sock' }],
  ['"unix:///run/containerd/containerd.sock"', { runtime: 'containerd' }],
])('the endpoint %s in instance-config.yaml, from 1.34', async (endpoint, expected) => {
  const files = {
    '/var/lib/kubelet/kubeadm-flags.env': 'KUBELET_KUBEADM_ARGS="--node-ip=10.0.0.1"',
    '/var/lib/kubelet/instance-config.yaml': `apiVersion: kubelet.config.k8s.io/v1beta1\ncontainerRuntimeEndpoint: ${endpoint}\n`,
  };
  expect(await readKubeletFlags(fakeHost({ files }))).toMatchObject(expected);
});

test('flags that kubeadm has not written are null', async () => {
  expect(await readKubeletFlags(fakeHost())).toBeNull();
  expect(await readKubeletFlags(having(''))).toBeNull();
});

test('the kubelet is configured when its credential and its configuration exist', async () => {
  const files = { '/etc/kubernetes/kubelet.conf': '', '/var/lib/kubelet/config.yaml': '' };
  expect(await isKubeletConfigured(fakeHost({ files }))).toBe(true);
  expect(await isKubeletConfigured(fakeHost({ files: { '/etc/kubernetes/kubelet.conf': '' } }))).toBe(false);
});

test('variables replace earlier values, and other lines stay', () => {
  expect(withVariables('A=1\nB=2\n', { A: '3' })).toBe('B=2\nA=3\n');
  expect(withVariables('A=3\nB=2', { A: '3' })).toBe('A=3\nB=2');
});
