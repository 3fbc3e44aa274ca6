import { container, kubelet, out, type Recorded } from './evidence.ts';

export const servicesRecorded: Recorded = {
  'kube-proxy-mode-unsupported': {
    holds: [
      out(
        'E0412 09:10:11.120044       1 run.go:74] "command failed" err="can\'t use the IPVS proxier: IPVS proxier will not be used because the following required kernel modules are not loaded: [ip_vs_rr ip_vs_wrr ip_vs_sh]"',
      ),
    ],
    misses: [out('I0412 server_others.go:274] Using ipvs Proxier.')],
  },
  'flannel-network-differs': {
    holds: [
      out(
        'E0412 09:10:11.120044       1 main.go:359] Error registering network: failed to acquire lease: subnet "10.244.0.0/16" specified in the flannel net config doesn\'t contain "10.10.1.0/24" PodCIDR of the "node01" node',
      ),
    ],
    misses: [out('Found network config - Backend type: vxlan')],
  },
  'dns-loop': {
    holds: [
      out(
        '[FATAL] plugin/loop: Loop (127.0.0.1:43222 -> :53) detected for zone ".", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 4547991504243258144.3688648895315093531."',
      ),
    ],
    misses: [out('[INFO] plugin/reload: Running configuration SHA512 = 1a2b')],
  },
  'conntrack-not-writable': {
    holds: [
      container('F0513 server.go:495] open /proc/sys/net/netfilter/nf_conntrack_max: permission denied'),
      container('Error: write /sys/module/nf_conntrack/parameters/hashsize: operation not supported'),
    ],
    misses: [container("I0513 conntrack.go:100] Set sysctl 'net/netfilter/nf_conntrack_max' to 524288")],
  },
  'pod-credential-rejected': {
    holds: [
      container(
        "E0824 main.go:229] Failed to create SubnetManager: error retrieving pod spec for 'kube-flannel/a': Unauthorized",
      ),
      container(
        'E0317 reflector.go:205] plugin/kubernetes/controller.go:322: Failed to list *v1.Namespace: Unauthorized',
      ),
    ],
    misses: [kubelet('E0205 reflector.go:123] Failed to list *v1.Service: Unauthorized')],
  },
  'control-plane-settings-invalid': {
    holds: [
      {
        step: 'kubeadm-init',
        output: [
          "error execution phase wait-control-plane: couldn't initialize a Kubernetes cluster",
          'Error: unknown flag: --insecure-port',
        ],
      },
    ],
    misses: [kubelet('Error: failed to parse kubelet flag: unknown flag: --network-plugin')],
  },
};
