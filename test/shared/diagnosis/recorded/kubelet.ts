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
};
