import { kubelet, out, type Recorded, runtime } from './evidence.ts';

export const runtimeRecorded: Recorded = {
  'cri-disabled': {
    holds: [
      kubelet(
        'failed to run Kubelet: rpc error: code = Unimplemented desc = unknown service runtime.v1alpha2.RuntimeService',
      ),
      out('[ERROR CRI]: CRI v1 runtime API is not implemented for endpoint "unix:///run/containerd/containerd.sock"'),
    ],
    misses: [kubelet('starting RuntimeService with endpoint')],
  },
  'runtime-config-broken': {
    holds: [
      runtime('unable to configure the Docker daemon with file /etc/docker/daemon.json: invalid character'),
      runtime('containerd: failed to load TOML: /etc/containerd/config.toml: (12, 3): bare keys'),
    ],
    misses: [runtime('loading plugin "io.containerd.grpc.v1.cri"...')],
  },
  'cgroup-driver-mismatch': {
    holds: [
      kubelet(
        'F server.go:274] failed to run Kubelet: misconfiguration: kubelet cgroup driver: "systemd" is different from docker cgroup driver: "cgroupfs"',
      ),
      kubelet(
        'runc create failed: expected cgroupsPath to be of format \\"slice:prefix:name\\" for systemd cgroups, got \\"/kubepods/x\\" instead',
      ),
    ],
    misses: [kubelet('I server.go] Using cgroup driver: "systemd"')],
  },
  'runtime-stopped': {
    holds: [
      kubelet(
        'rpc error: desc = "transport: Error while dialing dial unix /run/containerd/containerd.sock: connect: connection refused"',
      ),
      out('Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?'),
      { step: null, units: { kubelet: 'active', runtime: 'inactive' } },
    ],
    misses: [
      out('Starting containerd.service'),
      { step: 'packages', units: { kubelet: null, runtime: 'inactive' } },
      { step: null, units: { kubelet: 'active', runtime: 'active' } },
    ],
  },
  'several-runtimes': {
    holds: [out('Found multiple CRI endpoints on the host. Please define which one do you wish to use')],
    misses: [out('Using CRI endpoint unix:///run/containerd/containerd.sock')],
  },
  'sandbox-image-missing': {
    holds: [kubelet('failed to get sandbox image "k8s.gcr.io/pause:3.2": failed to pull image')],
    misses: [kubelet('Image "busybox" pulled')],
  },
  'container-init-failed': {
    holds: [kubelet("OCI runtime create failed: runc create failed: can't get final child's PID from pipe: EOF")],
    misses: [kubelet('OCI runtime create failed: expected cgroupsPath to be of format "slice:prefix:name"')],
  },
};
