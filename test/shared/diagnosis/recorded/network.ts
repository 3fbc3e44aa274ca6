import { kubelet, type Recorded, runtime } from './evidence.ts';

export const networkRecorded: Recorded = {
  'cni-stale-bridge': {
    holds: [kubelet('failed to set bridge addr: "cni0" already has an IP address different from 10.244.1.1/24')],
    misses: [kubelet('bridge cni0 has the address 10.244.1.1/24')],
  },
  'cni-plugins-missing': {
    holds: [
      kubelet(
        'failed to setup network: plugin type="loopback" failed (add): failed to find plugin "loopback" in path [/opt/cni/bin]',
      ),
    ],
    misses: [kubelet('failed to find plugin "weave-net" in path [/opt/cni/bin]')],
  },
  'cni-credential-stale': {
    holds: [
      kubelet(
        'E0412 "Error syncing pod" err="plugin type=\\"calico\\" failed (add): error getting ClusterInformation: Get \\"https://10.96.0.1:443/apis/crd.projectcalico.org/v1/clusterinformations/default\\": tls: failed to verify certificate: x509: certificate signed by unknown authority" pod="kube-system/coredns-x"',
      ),
      kubelet(
        'plugin type="calico" failed (add): error getting ClusterInformation: connection is unauthorized: Unauthorized',
      ),
    ],
    misses: [kubelet('plugin type="calico" name="k8s-pod-network" added')],
  },
  'node-pod-crashing': {
    holds: [
      kubelet(
        'E0412 pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"calico-node\\" with CrashLoopBackOff: \\"back-off 40s restarting failed container=calico-node pod=calico-node-x7k2p_kube-system(aa)\\"" pod="kube-system/calico-node-x7k2p"',
      ),
    ],
    misses: [
      kubelet('CrashLoopBackOff: "back-off 40s restarting failed container=web pod=web-0_shop(aa)" pod="shop/web-0"'),
    ],
  },
  'cni-stale-plugin': {
    holds: [
      kubelet('failed to find plugin "weave-net" in path [/opt/cni/bin]'),
      kubelet(
        'plugin type="cilium-cni" name="cilium" failed (add): dial unix /var/run/cilium/cilium.sock: connect: no such file',
      ),
    ],
    misses: [kubelet('loading plugin "io.containerd.grpc.v1.cri"')],
  },
  'cni-config-broken': {
    holds: [
      runtime(
        'cni config load failed: failed to load CNI config list file /etc/cni/net.d/00-old.conflist: error parsing configuration list: unexpected end of JSON input',
      ),
      runtime(
        'level=error msg="failed to reload cni configuration after receiving fs change event(\\"/etc/cni/net.d/.lab\\": WRITE)" error="cni config load failed: failed to load CNI config list file /etc/cni/net.d/00-old.conflist: error parsing configuration list: unexpected end of JSON input: invalid cni config: failed to load cni config"',
      ),
    ],
    misses: [runtime('cni config load failed: no network config found in /etc/cni/net.d: cni plugin not initialized')],
  },
  'iptables-unusable': {
    holds: [runtime("iptables v1.8.9 (legacy): can't initialize iptables table `nat': Table does not exist")],
    misses: [runtime('Setting up iptables rules')],
  },
  'pod-range-missing': {
    holds: [kubelet('Error registering network: node "node01" pod cidr not assigned')],
    misses: [kubelet('Setting Pod CIDR: 10.244.1.0/24')],
  },
  'network-plugin-missing': {
    holds: [
      kubelet(
        'Container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:cni config uninitialized',
      ),
    ],
    misses: [kubelet('NetworkReady=true')],
  },
};
