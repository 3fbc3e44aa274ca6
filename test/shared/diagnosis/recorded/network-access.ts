import { kubelet, out, type Recorded } from './evidence.ts';

export const networkAccessRecorded: Recorded = {
  'service-ip-unreachable': {
    holds: [
      {
        output: ['the network plugin (Calico v3.28.0) is starting on this node'],
        kubelet: [
          'E0412 09:10:11.120044    4711 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"install-cni\\" with CrashLoopBackOff: \\"back-off 2m40s restarting failed container=install-cni pod=calico-node-ks47p_kube-system(8d0a)\\"" pod="kube-system/calico-node-ks47p"',
          '2026-12-22 10:29:47.681 [ERROR][1] cni-installer/<nil> <nil>: Unable to create token for CNI kubeconfig error=Post "https://10.96.0.1:443/api/v1/namespaces/kube-system/serviceaccounts/calico-node/token": dial tcp 10.96.0.1:443: i/o timeout',
        ],
      },
    ],
    misses: [kubelet('Get "https://10.20.0.5:443/api/v1/nodes/node01": dial tcp 10.20.0.5:443: i/o timeout')],
  },
  'no-default-route': {
    holds: [
      out(
        'E0412 09:10:11.120044       1 main.go:224] Failed to find any valid interface to use: failed to get default interface: Unable to find default route',
      ),
    ],
    misses: [out('Determining IP address of default interface')],
  },
  'calico-address-missing': {
    holds: [
      out(
        '2026-04-12 09:10:11.120 [WARNING][9] startup/startup.go 714: Unable to auto-detect an IPv4 address: no valid IPv4 addresses found on the host interfaces',
        "2026-04-12 09:10:11.120 [WARNING][9] startup/startup.go 477: Couldn't autodetect an IPv4 address. If auto-detecting, choose a different autodetection method. Otherwise provide an explicit address.",
        '2026-04-12 09:10:11.120 [INFO][9] startup/startup.go 361: Clearing out-of-date IPv4 address from this node IP=""',
        'Calico node failed to start',
      ),
    ],
    misses: [out('Using autodetected IPv4 address on interface eth0: 192.168.0.141/24')],
  },
  'calico-address-taken': {
    holds: [
      out(
        "2026-04-12 09:10:11.120 [WARNING][9] startup/startup.go 1225: Calico node 'node02' is already using the IPv4 address 192.168.0.141.",
        '2026-04-12 09:10:11.120 [INFO][9] startup/startup.go 361: Clearing out-of-date IPv4 address from this node IP="192.168.0.141/24"',
        '2026-04-12 09:10:11.120 [WARNING][48] startup/utils.go 49: Terminating',
        'Calico node failed to start',
      ),
    ],
    misses: [out("Calico node 'node02' has the IPv4 address 192.168.0.142")],
  },
  'calico-peers-unreachable': {
    holds: [
      kubelet(
        'I0412 09:10:11.120044    4711 prober.go:107] "Probe failed" probeType="Readiness" pod="kube-system/calico-node-ks47p" podUID=8d0a containerName="calico-node" probeResult=failure output="calico/node is not ready: BIRD is not ready: BGP not established with 192.168.0.130,192.168.0.132\\n"',
      ),
    ],
    misses: [kubelet('calico/node is not ready: felix is not ready: readiness probe reporting 503')],
  },
  'pod-addresses-exhausted': {
    holds: [
      kubelet(
        'E0412 09:10:11.120044    4711 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"CreatePodSandbox\\" for \\"web-0_shop(8d0a)\\" with CreatePodSandboxError: \\"rpc error: code = Unknown desc = failed to setup network for sandbox \\\\\\"1a2b\\\\\\": plugin type=\\\\\\"flannel\\\\\\" failed (add): failed to delegate add: failed to allocate for range 0: no IP addresses available in range set: 10.244.1.1-10.244.1.254\\"" pod="shop/web-0"',
      ),
    ],
    misses: [out('CIDRNotAvailable')],
  },
  'calico-pool-exhausted': {
    holds: [
      kubelet(
        'E0412 09:10:11.120044    4711 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"CreatePodSandbox\\" for \\"coredns-x_kube-system(8d0a)\\" with CreatePodSandboxError: \\"plugin type=\\\\"calico\\\\" failed (add): Assigned 0 out of 1 requested IPv4 addresses; No more free affine blocks and strict affinity enabled\\""',
      ),
      {
        containers: [
          '2026-04-12 09:10:11.120 [FATAL][8] tunnel-ip-allocator/allocateip.go 366: Unable to autoassign an address - pools are likely exhausted. type="ipipTunnelAddress"',
        ],
      },
    ],
    misses: [kubelet('I0412 ipam.go:1] Assigned 1 out of 1 requested IPv4 addresses')],
  },
  'cni-version-differs': {
    holds: [
      kubelet(
        'E0412 09:10:11.120044    4711 pod_workers.go:1301] "Error syncing pod, skipping" err="rpc error: code = Unknown desc = failed to setup network for sandbox \\"1a2b\\": plugin type=\\"bridge\\" failed (add): incompatible CNI versions; config is \\"1.0.0\\", plugin supports [\\"0.1.0\\" \\"0.2.0\\" \\"0.3.0\\" \\"0.3.1\\" \\"0.4.0\\"]" pod="kube-system/coredns-76f75df574-8x7zk"',
      ),
    ],
    misses: [kubelet('I0412 cni.go:1] "CNI version" config="1.0.0"')],
  },
};
