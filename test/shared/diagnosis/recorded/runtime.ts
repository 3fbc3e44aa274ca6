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
  'runtime-start-failed': {
    holds: [
      runtime('failed to start daemon: error initializing graphdriver: driver not supported'),
      runtime('containerd: listen unix /run/containerd/containerd.sock: bind: address already in use'),
    ],
    misses: [runtime('failed to start daemon: timeout', 'level=info msg="API listen on /run/docker.sock"')],
  },
  'docker-api-mismatch': {
    holds: [
      kubelet(
        'failed to run Kubelet: failed to get docker version: Error response from daemon: client version 1.40 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version',
      ),
    ],
    misses: [runtime('API version 1.44')],
  },
  'cri-dockerd-stopped': {
    holds: [
      kubelet(
        'validate service connection: validate CRI v1 runtime API for endpoint "unix:///var/run/cri-dockerd.sock": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /var/run/cri-dockerd.sock: connect: no such file or directory"',
      ),
    ],
    misses: [out('Using CRI endpoint unix:///var/run/cri-dockerd.sock')],
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
