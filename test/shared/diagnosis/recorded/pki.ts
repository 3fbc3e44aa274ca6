import { out, type Recorded } from './evidence.ts';

export const pkiRecorded: Recorded = {
  'certificate-inconsistent': {
    holds: [
      out(
        'error execution phase certs/apiserver: [certs] certificate apiserver not signed by CA certificate ca: x509: certificate signed by unknown authority',
      ),
      out(
        'error execution phase certs/etcd-server: failed to write or validate certificate "etcd-server": certificate etcd/server is not signed by corresponding CA',
      ),
    ],
    misses: [
      out('[certs] Using existing apiserver certificate and key on disk'),
      out(
        'error execution phase certs/ca: couldn\'t write out "ca" CA certificate: failure loading ca certificate: couldn\'t load the private key file /etc/kubernetes/pki/ca.key',
      ),
    ],
  },
  'ca-inconsistent': {
    holds: [
      out(
        'error execution phase certs/ca: failed to write or validate certificate "ca": the certificate and the key do not match',
      ),
      out(
        'error execution phase certs/etcd-ca: couldn\'t write out "etcd-ca" CA certificate: failure loading etcd/ca certificate: couldn\'t load the private key file /etc/kubernetes/pki/etcd/ca.key: error reading private key file',
      ),
      out(
        "error execution phase certs/apiserver-etcd-client: unable to sign certificate: x509: provided PrivateKey doesn't match parent's PublicKey",
      ),
    ],
    misses: [out('[certs] Using existing ca certificate authority')],
  },
  'kubeconfig-inconsistent': {
    holds: [
      out(
        'error execution phase kubeconfig/admin: a kubeconfig file "/etc/kubernetes/admin.conf" exists already but has got the wrong CA cert',
      ),
    ],
    misses: [out('[kubeconfig] Using existing kubeconfig file: "/etc/kubernetes/admin.conf"')],
  },
  'admin-credential-rejected': {
    holds: [out('error: You must be logged in to the server (Unauthorized)')],
    misses: [
      out('The connection to the server 192.168.0.130:6443 was refused - did you specify the right host or port?'),
    ],
  },
  'kubeconfig-missing': {
    holds: [out('The connection to the server localhost:8080 was refused - did you specify the right host or port?')],
    misses: [
      out('The connection to the server 192.168.0.130:6443 was refused - did you specify the right host or port?'),
    ],
  },
};
