import { kubelet, out, type Recorded, runtime } from './evidence.ts';

const full = 'no space left on device';

export const limitsRecorded: Recorded = {
  'too-many-files': {
    holds: [
      kubelet('E0101 file.go:60] "Unable to watch config path" err="unable to create inotify: too many open files"'),
      kubelet(`E0101 kubelet.go:1431] "Failed to start cAdvisor" err="inotify_add_watch /sys/fs/cgroup/x: ${full}"`),
      runtime(
        'level=warning msg="failed to load plugin io.containerd.grpc.v1.cri" error="failed to create CRI service: failed to create cni conf monitor for default: failed to create fsnotify watcher: too many open files"',
      ),
      runtime('accept4: too many open files; retrying in 5ms'),
    ],
    misses: [
      kubelet('I0101 server.go] "Opening files" count=12'),
      kubelet(
        'E0101 watcher.go:154] Failed to watch directory "/sys/fs/cgroup/cpu/x.slice": inotify_add_watch /sys/fs/cgroup/cpu/x.slice: no such file or directory',
      ),
    ],
  },
  'cgroups-exhausted': {
    holds: [
      kubelet(
        `E0101 pod_workers.go:949] "Error syncing pod, skipping" err="failed to create container for [kubepods besteffort pod8d0a] : mkdir /sys/fs/cgroup/memory/kubepods/besteffort/pod8d0a: ${full}" pod="shop/web-0"`,
      ),
      kubelet('mkdir /sys/fs/cgroup/memory/kubepods/burstable/pod1: cannot allocate memory'),
      runtime(`failed to write 4711: write /sys/fs/cgroup/cpuset/docker/1/cgroup.procs: ${full}: unknown`),
      runtime(`systemd[1]: Failed to create cgroup /kubepods.slice/pod1.slice: ${full}`),
    ],
    misses: [kubelet(`mkdir /var/lib/kubelet/pods/1: ${full}`), kubelet('mkdir /sys/fs/cgroup/x: file exists')],
  },
  'namespaces-exhausted': {
    holds: [
      runtime(`runc create failed: unable to start container process: nsenter: failed to unshare namespaces: ${full}`),
      runtime('user namespaces are disabled: /proc/sys/user/max_user_namespaces is 0'),
    ],
    misses: [runtime(`open /var/lib/containerd/tmp: ${full}`)],
  },
  'kernel-keys-exhausted': {
    holds: [
      runtime(
        'OCI runtime create failed: unable to join session keyring: unable to create session key: disk quota exceeded',
      ),
    ],
    misses: [runtime('write /var/lib/docker/x: disk quota exceeded')],
  },
  'network-tables-full': {
    holds: [
      kubelet('kernel: nf_conntrack: nf_conntrack: table full, dropping packet'),
      kubelet(`RTNETLINK answers: ${full}`),
    ],
    misses: [kubelet('setting nf_conntrack_max to 131072')],
  },
  'out-of-memory': {
    holds: [
      kubelet('fork/exec /usr/bin/nsenter: cannot allocate memory'),
      out('Out of memory: Killed process 1234 (dpkg)'),
      kubelet('I0101 kubelet_node_status.go] "Recording event message for node" event="NodeHasInsufficientMemory"'),
      kubelet('W0101 eviction_manager.go:344] "Eviction manager: attempting to reclaim" resourceName="memory"'),
      runtime("containerd.service: Failed with result 'oom-kill'."),
    ],
    misses: [
      out('I0101 memory_manager.go: "Starting memory manager" policy="None"'),
      kubelet('"Recording event message for node" node="node01" event="NodeHasSufficientMemory"'),
      kubelet('mkdir /sys/fs/cgroup/memory/kubepods/pod1: cannot allocate memory'),
    ],
  },
  'processes-exhausted': {
    holds: [
      runtime('runtime: failed to create new OS thread (have 9 already; errno=11)'),
      kubelet('fork/exec /usr/bin/runc: resource temporarily unavailable'),
      kubelet('"Recording event message for node" event="NodeHasInsufficientPID"'),
    ],
    misses: [kubelet('"Recording event message for node" event="NodeHasSufficientPID"')],
  },
  'kernel-parameters-differ': {
    holds: [
      kubelet(
        'E0412 kubelet.go:1431] "Failed to start ContainerManager" err="[invalid kernel flag: vm/overcommit_memory, expected value: 1, actual value: 0, invalid kernel flag: kernel/panic, expected value: 10, actual value: -1]"',
      ),
      kubelet(
        'F0412 kubelet.go:1372] Failed to start ContainerManager invalid kernel flag: kernel/panic, expected value: 10, actual value: 0',
      ),
    ],
    misses: [kubelet('I0412 "Updating kernel flag" flag="vm/overcommit_memory" expectedValue=1 actualValue=0')],
  },
};
