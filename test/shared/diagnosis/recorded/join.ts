import { failedBy, kubelet, out, type Recorded } from './evidence.ts';

export const joinRecorded: Recorded = {
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
      failedBy('other-cluster'),
      failedBy('kubelet-certificate-unknown'),
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
  'api-proxy-stopped': {
    holds: [
      kubelet(
        'Get "https://lab.muster.internal:7643/livez?timeout=10s": dial tcp 127.0.0.1:7643: connect: connection refused',
      ),
      kubelet(
        'Get "https://lab.muster.internal:6443/api/v1/nodes/node01": dial tcp 127.0.0.1:6443: connect: connection refused',
      ),
    ],
    misses: [
      kubelet(
        'Get "https://lab.muster.internal:6443/api/v1": dial tcp 192.168.0.130:6443: connect: connection refused',
      ),
    ],
  },
  'api-servers-silent': {
    holds: [
      out(
        'error execution phase preflight: couldn\'t validate the identity of the API Server: Get "https://lab.muster.internal:6443/api/v1/namespaces/kube-public/configmaps/cluster-info?timeout=10s": EOF',
      ),
    ],
    misses: [out('failed to pull image "registry:5000/pause:3.2": Head "https://registry:5000/v2/": EOF')],
  },
  'api-unreachable': {
    holds: [
      out('Get "https://lab.muster.internal:6443/api/v1": dial tcp 192.168.0.130:6443: connect: connection refused'),
      out('Unable to connect to the server: dial tcp 192.168.0.130:7643: i/o timeout'),
    ],
    misses: [
      out('Get "http://127.0.0.1:10248/healthz": dial tcp 127.0.0.1:10248: connect: connection refused'),
      out('Get "https://127.0.0.1:10259/livez": dial tcp 127.0.0.1:10259: connect: connection refused'),
    ],
  },
  'cluster-info-forbidden': {
    holds: [
      out(
        'error execution phase preflight: couldn\'t validate the identity of the API Server: failed to request the cluster-info ConfigMap: configmaps "cluster-info" is forbidden: User "system:anonymous" cannot get resource "configmaps" in API group "" in the namespace "kube-public"',
      ),
    ],
    misses: [
      out('configmaps "kube-proxy" is forbidden: User "system:node:node01" cannot list resource "configmaps"'),
      out(
        'error execution phase preflight: unable to fetch the kubeadm-config ConfigMap: failed to get config map: configmaps "kubeadm-config" is forbidden: User "system:bootstrap:1jezb7" cannot get resource "configmaps"',
      ),
    ],
  },
  'cluster-configuration-forbidden': {
    holds: [
      out(
        'error execution phase preflight: unable to fetch the kubeadm-config ConfigMap: failed to get config map: configmaps "kubeadm-config" is forbidden: User "system:bootstrap:1jezb7" cannot get resource "configmaps" in API group "" in the namespace "kube-system"',
      ),
    ],
    misses: [
      out(
        'error execution phase kubelet-start: configmaps "kubelet-config-1.21" is forbidden: User "system:bootstrap:1jezb7" cannot get resource "configmaps"',
      ),
    ],
  },
  'api-through-proxy': {
    holds: [
      out(
        'error execution phase preflight: couldn\'t validate the identity of the API Server: Get "https://10.20.0.5:6443/api/v1/namespaces/kube-public/configmaps/cluster-info?timeout=10s": proxyconnect tcp: dial tcp 10.0.0.9:3128: i/o timeout',
      ),
    ],
    misses: [out('Head "https://registry.k8s.io/v2/pause/manifests/3.9": Forbidden')],
  },
  'endpoint-not-api': {
    holds: [
      out(
        'error execution phase preflight: couldn\'t validate the identity of the API Server: Get "https://k8s.example.com:6443/api/v1/namespaces/kube-public/configmaps/cluster-info?timeout=10s": http: server gave HTTP response to HTTPS client',
      ),
    ],
    misses: [out('Get "https://192.168.0.1:5000/v2/": http: server gave HTTP response to HTTPS client')],
  },
};
