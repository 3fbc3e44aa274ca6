import { stringify } from 'yaml';
import { imageRepository, kubernetesVersion, labHosts, type Runtime, registry, webServer } from './layout.ts';

interface PlannedLab {
  runtime: Runtime;
  hosts: number;
  /** How many of the hosts are control planes. */
  masters?: number;
}

/** The plan of a lab with that many hosts, as an operator would write it. */
export function labPlan({ runtime, hosts, masters }: PlannedLab): string {
  return stringify({
    cluster: 'lab',
    kubernetes: {
      version: kubernetesVersion,
      imageRepository,
      packages: {
        url: `${webServer}/kubernetes`,
        suite: 'kubernetes-xenial',
        components: ['main'],
        key: `${webServer}/kubernetes/doc/apt-key.gpg`,
      },
      components: {
        // Hosts cannot write nf_conntrack_max, which belongs to the machine, so kube-proxy must not try.
        kubeProxyConfiguration: { conntrack: { maxPerCore: 0 } },
        // All hosts share the machine's disk: with percentage thresholds, kubelets would evict pods and delete images.
        kubeletConfiguration: {
          evictionHard: { 'memory.available': '100Mi', 'nodefs.available': '1Gi', 'imagefs.available': '1Gi' },
          imageGCHighThresholdPercent: 100,
        },
      },
    },
    runtime: { name: runtime, insecureRegistries: [registry] },
    network: { podSubnet: '10.244.0.0/16', plugin: { manifest: `${webServer}/cni.yaml` } },
    hosts: labHosts(hosts, masters),
  });
}
