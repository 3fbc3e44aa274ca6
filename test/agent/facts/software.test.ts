import { describe, expect, test } from 'vitest';
import { softwareFacts } from '../../../agent/facts/software.ts';
import { fakeHost } from '../fake-host.ts';

const having = (files: Record<string, string>, links: Record<string, string> = {}) => fakeHost({ files, links });

describe('software', () => {
  test('finds programs in any folder, and other distributions by their files', async () => {
    const host = having({ '/usr/sbin/conntrack': '', '/usr/local/bin/k3s': '', '/etc/cni/net.d/10-x.conflist': '' });
    const facts = await softwareFacts(host, 'overlay2');
    expect(facts.programs).toMatchObject({ conntrack: true, iptables: false });
    expect(facts).toMatchObject({
      distributions: ['k3s'],
      cniFiles: ['10-x.conflist'],
      dockerStorageDriver: 'overlay2',
    });
    expect(host.lines()).toEqual(['apt-get indextargets']);
  });

  test('reads the configuration of containerd and of docker', async () => {
    const config =
      '# sandbox_image = "no"\ndisabled_plugins = ["cri"]\n[plugins.cri]\n  sandbox_image = "registry.k8s.io/pause:3.6"\n';
    const host = having({ '/etc/containerd/config.toml': config, '/etc/docker/daemon.json': '{,}' });
    expect(await softwareFacts(host, null)).toMatchObject({
      containerd: { criDisabled: true, sandboxImage: 'registry.k8s.io/pause:3.6' },
      dockerConfigValid: false,
    });
    expect(await softwareFacts(having({}), null)).toMatchObject({ containerd: null, dockerConfigValid: true });
  });

  test.each([
    ['containerd', '--container-runtime=remote --container-runtime-endpoint=/run/containerd/containerd.sock'],
    ['containerd', '--container-runtime-endpoint=unix:///run/containerd/containerd.sock'],
    ['docker', '--network-plugin=cni --pod-infra-container-image=registry.k8s.io/pause:3.2'],
    [null, '--container-runtime-endpoint=unix:///run/crio/crio.sock'],
    [null, ''],
  ])('reads the runtime that a Node was created with, %s, from its kubelet’s flags: %s', async (nodeRuntime, flags) => {
    const files = { '/var/lib/kubelet/kubeadm-flags.env': `KUBELET_KUBEADM_ARGS="${flags}"\n` };
    const node = having({ ...files, '/etc/kubernetes/kubelet.conf': '' });
    expect(await softwareFacts(node, null)).toMatchObject({ nodeRuntime });
    expect(await softwareFacts(having(files), null)).toMatchObject({ nodeRuntime: 'none' });
  });
});
