import { kubelet, out, type Recorded, runtime } from './evidence.ts';

export const imagesRecorded: Recorded = {
  'proxy-unreachable': {
    holds: [
      out('Get "https://registry.k8s.io/v2/": proxyconnect tcp: dial tcp 10.0.0.9:3128: connect: connection refused'),
    ],
    misses: [out('Get "https://registry.k8s.io/v2/": dial tcp 10.0.0.9:443: connect: connection refused')],
  },
  'image-platform-missing': {
    holds: [
      out('no matching manifest for linux/arm64/v8 in the manifest list entries'),
      out('failed to pull "mirror/x:1": no match for platform in manifest: not found'),
    ],
    misses: [out('manifest for mirror/coredns:1.8 not found')],
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
  'registry-files-invalid': {
    holds: [
      runtime(
        'time="2026-04-01T22:11:02.070675417Z" level=error msg="failed to decode hosts.toml" error="invalid `host` tree"',
      ),
      out(
        'Error response from daemon: missing key ca.key for client certificate ca.cert. CA certificates must use the extension .crt',
      ),
      out(
        'failed to load X509 key pair: open /etc/containerd/certs.d/harbor.example:5000/client.crt: no such file or directory',
      ),
    ],
    misses: [
      runtime(
        'time="2026-04-01T22:11:02Z" level=debug msg="loading host directory" dir=/etc/containerd/certs.d/docker.io',
      ),
    ],
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
  'node-image-not-pulled': {
    holds: [
      kubelet(
        'E0412 pod_workers.go:1294] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"kube-flannel\\" with ImagePullBackOff: \\"Back-off pulling image \\\\\\"ghcr.io/flannel-io/flannel:v0.27.4\\\\\\"\\"" pod="kube-flannel/kube-flannel-ds-x7k2p"',
      ),
      kubelet(
        'E0412 pod_workers.go:191] Error syncing pod 8d0a ("kube-proxy-x7k2p_kube-system(8d0a)"), skipping: failed to "StartContainer" for "kube-proxy" with ImagePullBackOff: "Back-off pulling image \\"mirror/kube-proxy:v1.20.2\\""',
      ),
    ],
    misses: [
      kubelet(
        'E0412 pod_workers.go:1294] "Error syncing pod, skipping" err="Back-off pulling image \\"acme/web:v9\\"" pod="shop/web-0"',
      ),
    ],
  },
  'registry-rate-limit': {
    holds: [out('toomanyrequests: You have reached your pull rate limit')],
    misses: [out('rate limiter: 5 per second')],
  },
  'image-damaged': {
    holds: [
      out(
        'failed to pull image "registry.k8s.io/etcd:3.5.12-0": rpc error: code = FailedPrecondition desc = failed to pull and unpack image "registry.k8s.io/etcd:3.5.12-0": failed commit on ref "layer-sha256:16ec32c2132b": unexpected commit digest sha256:e3b0c44298fc, expected sha256:16ec32c2132b: failed precondition',
      ),
    ],
    misses: [out('failed to pull image "x/pause:3.9": failed to copy: EOF')],
  },
  'image-format-old': {
    holds: [
      out(
        'failed to pull image "mirror.corp.example/k8s/pause:3.1": failed to pull and unpack image "mirror.corp.example/k8s/pause:3.1": schema 1 image manifests are no longer supported: invalid argument',
      ),
    ],
    misses: [out('application/vnd.docker.distribution.manifest.v2+json')],
  },
  'image-name-invalid': {
    holds: [
      out(
        'failed to pull image "https://harbor.corp.example/k8s/kube-apiserver:v1.29.1": output: E0412 remote_image.go:180] "PullImage from image service failed" err="rpc error: code = InvalidArgument desc = failed to parse image reference \\"https://harbor.corp.example/k8s/kube-apiserver:v1.29.1\\": invalid reference format"',
      ),
    ],
    misses: [out('manifest unknown')],
  },
};
