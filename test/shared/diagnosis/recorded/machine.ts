import { sampleFacts } from '../../../agent/samples.ts';
import { disk, GB, kubelet, out, type Recorded, runtime } from './evidence.ts';

export const machineRecorded: Recorded = {
  'disk-full': {
    holds: [
      out('E: Write error - write (28: No space left on device)'),
      out("E: You don't have enough free space in /var/cache/apt/archives/."),
      disk(100 * 1024 ** 2),
      kubelet('"Recording event message for node" node="node01" event="NodeHasDiskPressure"'),
      kubelet('"Error syncing pod" err="mkdir /var/lib/containerd/io/1: no space left on device" pod="shop/web-0"'),
      out('E: Write error - write (122: Disk quota exceeded)'),
    ],
    misses: [
      out('After this operation, 420 MB of additional disk space will be used.'),
      disk(GB),
      kubelet('"Recording event message for node" node="node01" event="NodeHasNoDiskPressure"'),
      kubelet('{Type:DiskPressure Status:False Reason:KubeletHasNoDiskPressure Message:kubelet has no disk pressure}'),
      kubelet('"Probe failed" probeType="Liveness" pod="shop/db-0" output="/var/log/db: no space left on device"'),
      kubelet('E0101 "MountVolume.SetUp failed" err="write /data/x: no space left on device" pod="shop/db-0"'),
    ],
  },
  'inodes-full': {
    holds: [
      kubelet('W0101 eviction_manager.go:344] "Eviction manager: attempting to reclaim" resourceName="inodes"'),
      {
        facts: sampleFacts({
          storage: { mounts: null, inodes: { free: 0, all: 1000 }, syncMs: null, lockedFiles: null },
        }),
      },
    ],
    misses: [
      {
        facts: sampleFacts({ storage: { mounts: null, inodes: { free: 0, all: 0 }, syncMs: null, lockedFiles: null } }),
      },
    ],
  },
  'disk-read-only': {
    holds: [out('E: Could not open lock file /var/lib/dpkg/lock-frontend - open (30: Read-only file system)')],
    misses: [out('tmpfs on /sys/fs/cgroup type tmpfs (ro,nosuid)')],
  },
  'clock-wrong': {
    holds: [
      kubelet(
        'x509: certificate has expired or is not yet valid: current time 2020-01-01T00:00:08Z is before 2026-11-22T19:00:00Z',
      ),
      out('E: Release file for http://deb.example/dists/bookworm/InRelease is not valid yet (invalid for another 2h)'),
    ],
    misses: [kubelet('x509: certificate is valid for 10.96.0.1, not 192.168.0.130')],
  },
  'swap-on': {
    holds: [
      kubelet(
        'F0101 12:00:00 server.go:265] failed to run Kubelet: running with swap on is not supported, please disable swap!',
      ),
      { step: 'swap', facts: sampleFacts({ swap: { devices: ['/dev/sda2'], fstab: [] } }) },
    ],
    misses: [
      out('\t[WARNING Swap]: running with swap on is not supported. Please disable swap'),
      { step: 'kubeadm-join', facts: sampleFacts({ swap: { devices: ['/dev/sda2'], fstab: [] } }) },
    ],
  },
  'localhost-unresolved': {
    holds: [
      kubelet('failed to listen: lookup localhost on 10.0.0.2:53: read udp 10.0.0.5:4432->10.0.0.2:53: i/o timeout'),
    ],
    misses: [kubelet('I0101 server.go] listening on localhost:10248')],
  },
  'host-name-unresolved': {
    holds: [
      out('error: hostname "node01" could not be resolved'),
      out(
        'Failed to request cluster-info, will try again: Get "https://lab.muster.internal:6443/api": dial tcp: lookup lab.muster.internal: no such host',
      ),
    ],
    misses: [out('\t[WARNING Hostname]: hostname "node01" could not be reached')],
  },
  'ip-forward-off': {
    holds: [
      out('[ERROR FileContent--proc-sys-net-ipv4-ip_forward]: /proc/sys/net/ipv4/ip_forward contents are not set to 1'),
    ],
    misses: [out('net.ipv4.ip_forward = 1')],
  },
  'bridge-netfilter-missing': {
    holds: [
      out(
        '[ERROR FileContent--proc-sys-net-bridge-bridge-nf-call-iptables]: /proc/sys/net/bridge/bridge-nf-call-iptables does not exist',
      ),
    ],
    misses: [out('net.bridge.bridge-nf-call-iptables = 1')],
  },
  'kernel-incomplete': {
    holds: [
      out('[ERROR SystemVerification]: missing required cgroups: pids'),
      out('error parsing system spec: unable to load kernel module: "configs"'),
    ],
    misses: [out('CGROUPS_PIDS: enabled')],
  },
  'cgroup-v1-refused': {
    holds: [kubelet('kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is unsupported')],
    misses: [kubelet('CPU accounting not enabled for cgroup v1')],
  },
  'port-in-use': {
    holds: [
      out('\t[ERROR Port-10250]: Port 10250 is in use'),
      kubelet('E server.go] "Failed to listen and serve" err="listen tcp 0.0.0.0:10250: bind: address already in use"'),
    ],
    misses: [
      out('Port 10250 is free'),
      runtime(
        'time="2026-04-12T09:10:11Z" level=error msg="Handler for POST /v1.43/containers/web/start returned error: driver failed programming external connectivity on endpoint web: Error starting userland proxy: listen tcp 0.0.0.0:80: bind: address already in use"',
      ),
    ],
  },
  'disk-io-error': {
    holds: [
      out(
        'dpkg: error processing archive /var/cache/apt/archives/kubelet_1.29.1-1.1_amd64.deb (--unpack):',
        " cannot copy extracted data for './usr/bin/kubelet' to '/usr/bin/kubelet.dpkg-new': failed to write (Input/output error)",
        'E: Sub-process /usr/bin/dpkg returned an error code (1)',
      ),
    ],
    misses: [kubelet('write /dev/tty: input/output error')],
  },
  'kernel-module-missing': {
    holds: [
      runtime(
        'time="2026-04-12T09:10:11Z" level=error msg="failed to mount overlay: no such device" storage-driver=overlay2',
        'failed to start daemon: error initializing graphdriver: driver not supported',
      ),
    ],
    misses: [
      runtime(
        'time="2026-04-12T09:09:01Z" level=info msg="skip loading plugin" error="aufs is not supported (modprobe aufs failed: exit status 1 \\"modprobe: FATAL: Module aufs not found in directory /lib/modules/6.1\\\\n\\"): skip plugin"',
      ),
    ],
  },
  'nameserver-silent': {
    holds: [
      out(
        'Get "https://registry.k8s.io/v2/": dial tcp: lookup registry.k8s.io on 10.0.0.2:53: read udp 10.0.0.5:41230->10.0.0.2:53: i/o timeout',
      ),
    ],
    misses: [out('dial tcp: lookup registry.k8s.io on 10.0.0.2:53: no such host')],
  },
  'host-is-container': {
    holds: [kubelet('failed to run Kubelet: failed to create kubelet: open /dev/kmsg: no such file or directory')],
    misses: [kubelet('open /dev/vfio: no such file or directory')],
  },
  'ipv6-forward-off': {
    holds: [
      out(
        '\t[ERROR FileContent--proc-sys-net-ipv6-conf-default-forwarding]: /proc/sys/net/ipv6/conf/default/forwarding contents are not set to 1',
      ),
    ],
    misses: [out('/proc/sys/net/ipv4/ip_forward contents are not set to 1')],
  },
};
