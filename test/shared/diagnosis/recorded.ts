import type { Evidence } from '../../../shared/diagnosis/evidence.ts';
import { sampleFacts } from '../../agent/samples.ts';

type Part = Partial<Evidence>;

const out = (...output: string[]): Part => ({ output });
const kubelet = (...lines: string[]): Part => ({ kubelet: lines });
const runtime = (...lines: string[]): Part => ({ runtime: lines });
const GB = 1024 ** 3;
const disk = (freeBytes: number) => ({
  facts: sampleFacts({ disks: [{ mount: '/var/lib', sizeBytes: 50 * GB, freeBytes }] }),
});

/** For each failure: what programs print when it is so, and something much like it that is another thing or none. */
export const recorded: Readonly<Record<string, { holds: Part[]; misses: Part[] }>> = {
  'disk-full': {
    holds: [
      out('E: Write error - write (28: No space left on device)'),
      out("E: You don't have enough free space in /var/cache/apt/archives/."),
      disk(100 * 1024 ** 2),
    ],
    misses: [out('After this operation, 420 MB of additional disk space will be used.'), disk(GB)],
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
  'out-of-memory': {
    holds: [
      kubelet('fork/exec /usr/bin/nsenter: cannot allocate memory'),
      out('Out of memory: Killed process 1234 (dpkg)'),
    ],
    misses: [out('I0101 memory_manager.go: "Starting memory manager" policy="None"')],
  },
  'too-many-files': {
    holds: [
      kubelet('E0101 file.go:60] "Unable to watch config path" err="unable to create inotify: too many open files"'),
    ],
    misses: [kubelet('I0101 server.go] "Opening files" count=12')],
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
    misses: [out('Port 10250 is free')],
  },
  'apt-lock-held': {
    holds: [
      out(
        'Waiting for cache lock: Could not get lock /var/lib/dpkg/lock-frontend. It is held by process 4711 (unattended-upgr)...',
      ),
      out('E: Could not get lock /var/lib/apt/lists/lock - open (11: Resource temporarily unavailable)'),
    ],
    misses: [out('E: Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)')],
  },
  'dpkg-interrupted': {
    holds: [out("E: dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem.")],
    misses: [out('Processing triggers for dpkg (1.21.22) ...')],
  },
  'apt-mirror-unreachable': {
    holds: [
      out(
        'Err:1 http://192.168.0.1:8080/kubernetes kubernetes-xenial InRelease Could not connect to 192.168.0.1:8080 (192.168.0.1). - connect (111: Connection refused)',
      ),
      out(
        "W: Failed to fetch https://mirrors.example/kubernetes/apt/dists/x/InRelease  Could not resolve 'mirrors.example'",
      ),
      out('https://mirrors.example/key.gpg could not be downloaded: connect ECONNREFUSED 10.0.0.1:443'),
    ],
    misses: [out('Err:3 http://mirror.example/k8s x Release  404  Not Found [IP: 10.0.0.1 80]')],
  },
  'apt-release-missing': {
    holds: [
      out("E: The repository 'https://apt.kubernetes.io kubernetes-xenial Release' does not have a Release file."),
    ],
    misses: [out('Get:1 https://apt.kubernetes.io kubernetes-xenial Release [9383 B]')],
  },
  'package-version-missing': {
    holds: [
      out("E: Version '1.23.99-00' for 'kubeadm' was not found"),
      out('http://mirror has no kubeadm, kubelet and kubectl 1.20.99; it offers 1.20.2-00'),
    ],
    misses: [out("Selected version '1.23.0-00' (kubernetes) for 'kubeadm'")],
  },
  'package-missing': {
    holds: [out('E: Unable to locate package docker.io'), out("E: Package 'containerd' has no installation candidate")],
    misses: [out('Unpacking docker.io (20.10.24) ...')],
  },
  'repository-key-wrong': {
    holds: [
      out(
        "W: GPG error: http://mirror InRelease: The following signatures couldn't be verified because the public key is not available: NO_PUBKEY B53DC80D13EDEF05",
      ),
      out('The following signatures were invalid: EXPKEYSIG FEEA9169307EA071'),
    ],
    misses: [out('Warning: the key’s fingerprint is B53DC80D13EDEF05')],
  },
  'key-mismatch': {
    holds: [out(`the key has the SHA-256 ${'a'.repeat(64)}; the plan says ${'b'.repeat(64)}`)],
    misses: [out('Fetched the key; its SHA-256 is as planned')],
  },
  'package-damaged': {
    holds: [
      out('E: Failed to fetch http://m/Packages.gz  File has unexpected size (12 != 13). Mirror sync in progress?'),
    ],
    misses: [out('Fetched 12 MB in 3s (4 MB/s)')],
  },
  'packages-conflict': {
    holds: [out('The following packages have unmet dependencies:', ' containerd.io : Conflicts: containerd')],
    misses: [out('Setting up containerd (1.6.20) ...')],
  },
  'registry-unreachable': {
    holds: [
      out(
        'failed to do request: Head "https://registry.k8s.io/v2/pause/manifests/3.2": dial tcp 142.250.1.1:443: i/o timeout',
      ),
      out(
        'Error response from daemon: Get "https://k8s.gcr.io/v2/": net/http: request canceled while waiting for connection',
      ),
    ],
    misses: [out('Get "https://192.168.0.130:6443/api/v1/nodes": dial tcp 192.168.0.130:6443: i/o timeout')],
  },
  'registry-without-tls': {
    holds: [out('Get "https://192.168.0.1:5000/v2/": http: server gave HTTP response to HTTPS client')],
    misses: [out('http: TLS handshake error from 10.0.0.1')],
  },
  'image-missing': {
    holds: [
      out('[ERROR ImagePull]: failed to pull image mirror.example/google_containers/coredns:v1.8.0: manifest unknown'),
      out('Error response from daemon: manifest for mirror/coredns:1.8 not found'),
      out('192.168.0.1:5000/google_containers/pause:3.2: not found'),
    ],
    misses: [out('nodes "node01" not found'), out('/usr/bin/crictl: not found')],
  },
  'registry-denied': {
    holds: [out('pull access denied for x/y, repository does not exist or may require docker login')],
    misses: [out('permission denied while trying to read /etc/hosts')],
  },
  'registry-rate-limit': {
    holds: [out('toomanyrequests: You have reached your pull rate limit')],
    misses: [out('rate limiter: 5 per second')],
  },
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
    holds: [out('[ERROR FileExisting-crictl]: crictl not found in system path')],
    misses: [out('crictl version v1.20')],
  },
  'node-not-registered-yet': {
    holds: [kubelet('E0101 kubelet.go:2240] node "node01" not found')],
    misses: [kubelet('Successfully registered node node01')],
  },
  'join-token-invalid': {
    holds: [
      out('could not find a JWS signature in the cluster-info ConfigMap for token ID "abcdef"'),
      out(
        '[discovery] The cluster-info ConfigMap does not yet contain a JWS signature for token ID "abcdef", will try again',
      ),
    ],
    misses: [out('[discovery] Created cluster-info discovery client, requesting info from "10.0.0.1:6443"')],
  },
  'ca-pin-mismatch': {
    holds: [
      out('cluster CA found in cluster-info ConfigMap is invalid: none of the public keys "sha256:e02f" are pinned'),
    ],
    misses: [out('[discovery] Requesting info again to validate TLS against the pinned public key')],
  },
  'stale-ca': {
    holds: [
      kubelet(
        'Unable to register node: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "kubernetes")',
      ),
      out('this host belongs to a cluster with another CA, which does not answer any more'),
    ],
    misses: [kubelet('x509: certificate has expired or is not yet valid')],
  },
  'certificate-wrong-address': {
    holds: [out('x509: certificate is valid for 10.96.0.1, 10.0.2.15, not 192.168.0.130')],
    misses: [
      out('[certs] apiserver serving cert is signed for DNS names [master01] and IPs [10.96.0.1 192.168.0.130]'),
    ],
  },
  'node-exists': {
    holds: [
      out(
        'error execution phase kubelet-start: a Node with name "node02" and status "Ready" already exists in the cluster.',
      ),
    ],
    misses: [out('node "node02" labeled')],
  },
  leftovers: {
    holds: [
      out('\t[ERROR FileAvailable--etc-kubernetes-pki-ca.crt]: /etc/kubernetes/pki/ca.crt already exists'),
      out('\t[ERROR DirAvailable--var-lib-etcd]: /var/lib/etcd is not empty'),
    ],
    misses: [out('network "lab" already exists')],
  },
  'certificates-not-uploaded': {
    holds: [
      out('Secret "kubeadm-certs" was not found in the "kube-system" Namespace. This Secret might have expired.'),
    ],
    misses: [out('[upload-certs] Storing the certificates in Secret "kubeadm-certs" in the "kube-system" Namespace')],
  },
  'certificate-key-wrong': {
    holds: [out('error decoding secret data with provided key: cipher: message authentication failed')],
    misses: [out('[upload-certs] Using certificate key:')],
  },
  'endpoint-not-stable': {
    holds: [
      out(
        "unable to add a new control plane instance to a cluster that doesn't have a stable controlPlaneEndpoint address",
      ),
    ],
    misses: [out('controlPlaneEndpoint: lab.muster.internal:6443')],
  },
  'api-unreachable': {
    holds: [
      out('Get "https://lab.muster.internal:6443/api/v1": dial tcp 192.168.0.130:6443: connect: connection refused'),
    ],
    misses: [out('Get "http://127.0.0.1:10248/healthz": dial tcp 127.0.0.1:10248: connect: connection refused')],
  },
  'etcd-ghost-member': {
    holds: [
      out(
        '[check-etcd] etcd cluster is not healthy: failed to dial endpoint https://10.0.0.3:2379 with maintenance client',
      ),
    ],
    misses: [out('[check-etcd] Checking that the etcd cluster is healthy')],
  },
  'etcd-quorum': {
    holds: [out('etcdserver: re-configuration failed due to not enough started members')],
    misses: [out('etcd member started')],
  },
  'etcd-learner-behind': {
    holds: [out('etcdserver: can only promote a learner member which is in sync with leader')],
    misses: [out('promoting a learner member')],
  },
  'etcd-peer-exists': {
    holds: [out('etcdserver: Peer URLs already exists')],
    misses: [out('adding etcd member: https://10.0.0.2:2380')],
  },
  'etcd-slow-disk': {
    holds: [out('rpc error: etcdserver: request timed out')],
    misses: [out('etcdserver: ready to serve client requests')],
  },
  'cni-stale-bridge': {
    holds: [kubelet('failed to set bridge addr: "cni0" already has an IP address different from 10.244.1.1/24')],
    misses: [kubelet('bridge cni0 has the address 10.244.1.1/24')],
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
