import { kubelet, type Recorded, runtime } from './evidence.ts';

export const runtimeDataRecorded: Recorded = {
  'runtime-data-damaged': {
    holds: [
      {
        output: ['containerd is not running'],
        runtime: [
          'time="2026-03-04T14:17:36Z" level=info msg="loading plugin \\"io.containerd.metadata.v1.bolt\\"..." type=io.containerd.metadata.v1',
          'panic: assertion failed: Page expected to be: 3393, but self identifies as 6868074383292906018',
          'goroutine 99 [running]:',
          'go.etcd.io/bbolt._assert(...)',
          'containerd.service: Main process exited, code=exited, status=2/INVALIDARGUMENT',
        ],
      },
    ],
    misses: [runtime('panic: runtime error: invalid memory address or nil pointer dereference')],
  },
  'runtime-data-incomplete': {
    holds: [
      kubelet(
        'E0301 10:00:01.000000      77 kuberuntime_sandbox.go:70] "Failed to create sandbox for pod" err="rpc error: code = NotFound desc = failed to create containerd container: error unpacking image: failed to resolve rootfs: content digest sha256:d7b100cd9a77: not found" pod="kube-system/kube-proxy-x2x"',
      ),
    ],
    misses: [
      kubelet(
        'E0301 10:00:01.000000      77 kuberuntime_sandbox.go:70] "Failed to create sandbox for pod" err="rpc error: code = NotFound desc = failed to create containerd container: error unpacking image: content digest sha256:d7b100cd9a77: not found" pod="shop/web-0"',
      ),
    ],
  },
  'docker-pid-file': {
    holds: [
      runtime(
        'failed to start daemon, ensure docker is not running or delete /var/run/docker.pid: process with PID 1042 is still running',
      ),
    ],
    misses: [runtime('docker.service: Main process exited, code=exited, status=1/FAILURE')],
  },
  'docker-networks-overlap': {
    holds: [
      runtime(
        'failed to start daemon: Error initializing network controller: list bridge addresses failed: PredefinedLocalScopeDefaultNetworks List: [172.17.0.0/16 172.18.0.0/16 172.19.0.0/16 172.20.0.0/16 172.21.0.0/16 172.22.0.0/16]: no available network',
      ),
    ],
    misses: [
      runtime(
        'time="2026-04-12T09:10:11Z" level=info msg="Default bridge (docker0) is assigned with an IP address 172.17.0.0/16. Daemon option --bip can be used"',
      ),
    ],
  },
  'runtime-program-missing': {
    holds: [
      kubelet(
        'E0412 09:10:11.120044    4711 log.go:32] "RunPodSandbox from runtime service failed" err="rpc error: code = Unknown desc = failed to create containerd task: failed to create shim task: OCI runtime create failed: unable to retrieve OCI runtime error (open /run/containerd/io.containerd.runtime.v2.task/k8s.io/8d0a/log.json: no such file or directory): exec: \\"runc\\": executable file not found in $PATH: unknown"',
      ),
    ],
    misses: [
      kubelet('OCI runtime create failed: runc create failed: exec: "/start": executable file not found in $PATH'),
    ],
  },
  'runtime-hangs': {
    holds: [
      kubelet(
        'E0412 09:10:11.120044    4711 generic.go:238] "GenericPLEG: Unable to retrieve pods" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"',
        'E0412 09:10:21.120044    4711 kubelet.go:2347] "Skipping pod synchronization" err="PLEG is not healthy: pleg was last seen active 3m5.120044s ago; threshold is 3m0s"',
        'E0412 09:10:31.120044    4711 remote_runtime.go:633] "Status from runtime service failed" err="rpc error: code = DeadlineExceeded desc = context deadline exceeded"',
      ),
    ],
    misses: [kubelet('"Skipping pod synchronization" err="PLEG is not healthy: pleg has yet to be successful"')],
  },
};
