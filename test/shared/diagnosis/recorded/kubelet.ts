import { failedBy, kubelet, out, type Recorded } from './evidence.ts';

export const kubeletRecorded: Recorded = {
  'kubelet-flag-unknown': {
    holds: [kubelet('Error: failed to parse kubelet flag: unknown flag: --network-plugin')],
    misses: [kubelet('FLAG: --v="2"')],
  },
  'kubelet-config-invalid': {
    holds: [kubelet('failed to validate kubelet configuration, error: invalid configuration: EvictionHard')],
    misses: [
      kubelet(
        'failed to load Kubelet config file /var/lib/kubelet/config.yaml, error: open: no such file or directory',
      ),
    ],
  },
  'kubelet-credential-lost': {
    holds: [
      kubelet(
        'E0412 bootstrap.go:265] part of the existing bootstrap client certificate is expired: 2025-11-20 08:01:02 +0000 UTC',
      ),
      kubelet(
        'F0412 server.go:274] failed to run Kubelet: unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory',
      ),
      kubelet(
        'E0412 run.go:74] "command failed" err="failed to run Kubelet: unable to read existing bootstrap client config from /etc/kubernetes/kubelet.conf: invalid configuration: [unable to read client-cert /var/lib/kubelet/pki/kubelet-client-current.pem for default-auth due to open /var/lib/kubelet/pki/kubelet-client-current.pem: no such file or directory]"',
      ),
      kubelet(
        'E0412 kubelet_node_status.go:99] "Unable to register node with API server" err="Unauthorized" node="node01"',
      ),
    ],
    misses: [
      kubelet(
        'I0412 bootstrap.go:65] "Using bootstrap kubeconfig to generate TLS client cert, key and kubeconfig file"',
      ),
      kubelet(
        'unable to load bootstrap kubeconfig: stat /etc/kubernetes/bootstrap-kubelet.conf: no such file or directory',
        '"Successfully registered node" node="node01"',
      ),
    ],
  },
  'resolv-conf-missing': {
    holds: [
      kubelet(
        'E0412 pod_workers.go:1294] "Error syncing pod, skipping" err="failed to \\"CreatePodSandbox\\" for \\"web-0_shop(1)\\": open /run/systemd/resolve/resolv.conf: no such file or directory" pod="shop/web-0"',
      ),
      kubelet(
        'E0412 dns.go:135] "Could not open resolv conf file." err="open /etc/resolv.kubelet.conf: no such file or directory"',
      ),
    ],
    misses: [kubelet('open /run/flannel/subnet.env: no such file or directory')],
  },
  'kubelet-exits': {
    holds: [kubelet('E0412 run.go:74] "command failed" err="failed to run Kubelet: the moon is full"')],
    misses: [
      kubelet(
        'E0412 run.go:74] "command failed" err="failed to load kubelet config file, path: /var/lib/kubelet/config.yaml, error: failed to load Kubelet config file /var/lib/kubelet/config.yaml, error failed to read kubelet config file \\"/var/lib/kubelet/config.yaml\\", error: open /var/lib/kubelet/config.yaml: no such file or directory"',
      ),
    ],
  },
  'node-renamed': {
    holds: [kubelet('nodes "b" is forbidden: node "a" cannot modify node "b"')],
    misses: [kubelet('node "a" is ready')],
  },
  'kubelet-stopped': {
    holds: [{ step: 'node-ready', units: { kubelet: 'failed', runtime: 'active' } }],
    misses: [
      { step: 'kubeadm-join', units: { kubelet: 'inactive', runtime: 'active' } },
      { step: 'node-ready', units: { kubelet: 'activating', runtime: 'active' } },
    ],
  },
  'kubelet-not-registered': {
    holds: [out('error execution phase kubelet-start: error uploading crisocket: timed out waiting for the condition')],
    misses: [out('[kubelet-start] Starting the kubelet')],
  },
  'kubelet-check': {
    holds: [
      out(
        "[kubelet-check] The HTTP call equal to 'curl -sSL http://localhost:10248/healthz' failed with error: connection refused",
      ),
    ],
    misses: [out('[kubelet-check] Initial timeout of 40s passed.')],
  },
  'control-plane-timeout': {
    holds: [out("error execution phase wait-control-plane: couldn't initialize a Kubernetes cluster")],
    misses: [out('[wait-control-plane] Waiting for the kubelet to boot up the control plane')],
  },
  'program-missing': {
    holds: [out('\t[ERROR FileExisting-conntrack]: conntrack not found in system path')],
    misses: [out('\t[WARNING FileExisting-socat]: socat not found in system path')],
  },
  'crictl-missing': {
    holds: [
      out('[ERROR FileExisting-crictl]: crictl not found in system path'),
      failedBy('crictl-missing', { seen: { en: 'crictl is not installed', zh: '' } }),
    ],
    misses: [out('crictl version v1.20')],
  },
  'node-not-registered-yet': {
    holds: [kubelet('E0101 kubelet.go:2240] node "node01" not found')],
    misses: [kubelet('Successfully registered node node01')],
  },
  'kubelet-state-stale': {
    holds: [
      {
        output: ['[kubelet-check] The kubelet is not healthy after 4m0.00081s'],
        kubelet: [
          'E0525 05:33:16.571249   14083 cpu_manager.go:224] "Could not initialize checkpoint manager, please drain node and remove policy state file" err="could not restore state from checkpoint: configured policy \\"static\\" differs from state checkpoint policy \\"none\\", please drain this node and delete the CPU manager checkpoint file \\"/var/lib/kubelet/cpu_manager_state\\" before restarting Kubelet"',
          'E0525 05:33:16.571404   14083 kubelet.go:1480] "Failed to start ContainerManager" err="start cpu manager error: could not restore state from checkpoint: configured policy \\"static\\" differs from state checkpoint policy \\"none\\", please drain this node and delete the CPU manager checkpoint file \\"/var/lib/kubelet/cpu_manager_state\\" before restarting Kubelet"',
        ],
      },
    ],
    misses: [
      kubelet(
        '"Failed to read data from checkpoint" checkpoint="kubelet_internal_checkpoint" err="checkpoint is not found"',
      ),
    ],
  },
  'node-address-missing': {
    holds: [
      {
        output: ['error execution phase kubelet-start: timed out waiting for the condition'],
        kubelet: [
          'E0412 09:10:11.120044    4711 kubelet_node_status.go:586] "Failed to set some node status fields" err="failed to validate nodeIP: node IP: \\"192.168.0.141\\" not found in the host\'s network interfaces" node="node01"',
        ],
      },
    ],
    misses: [kubelet('I0412 server.go:1] "Setting node IP" nodeIP="192.168.0.141"')],
  },
  'program-not-executable': {
    holds: [
      kubelet(
        'kubelet.service: Failed to execute /usr/bin/kubelet: Exec format error',
        'kubelet.service: Failed at step EXEC spawning /usr/bin/kubelet: Exec format error',
      ),
    ],
    misses: [kubelet('exec: "/start": permission denied: unknown')],
  },
};
