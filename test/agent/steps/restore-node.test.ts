import { beforeEach, describe, expect, it } from 'vitest';
import { kubeadmJoin } from '../../../agent/steps/kubeadm-join.ts';
import { controlPlaneOfFile, other, own, third } from './control-plane-host.ts';

const { api, host, run } = await controlPlaneOfFile();

const pod = (name: string, annotations = {}) => ({
  metadata: { name, namespace: 'kube-system', uid: name, annotations },
});

describe('pods of a control plane that holds the cluster', () => {
  const ended = () => api.requests.flatMap(({ method, path }) => (method === 'DELETE' ? [path] : []));
  beforeEach(() => {
    run(pod('kube-flannel'), pod('etcd-master01', { 'kubernetes.io/config.mirror': 'x' }));
  });

  it('end with a Node that was deleted, because the new one has another pod range; static pods stay', async () => {
    const context = await host({ record: true, etcd: true, node: false }, own, other, third);
    context.host.files.set('/proc/sys/net/ipv4/conf/cni0', { content: '', mode: 0o644 });
    context.host.programs.ip = () => '';
    await kubeadmJoin.apply(context);
    expect(ended()).toEqual(['/api/v1/namespaces/kube-system/pods/kube-flannel?gracePeriodSeconds=0']);
    const lines = context.host.lines().filter((line) => /kubelet|ip link/.test(line));
    expect(lines.slice(0, 3)).toEqual(['systemctl stop kubelet', 'ip link delete cni0', 'systemctl restart kubelet']);
  });

  it('stay if only the kubelet’s credential is replaced', async () => {
    await kubeadmJoin.apply(await host({ record: true, etcd: true, kubelet: false }, own, other, third));
    expect(ended()).toEqual([]);
  });
});
