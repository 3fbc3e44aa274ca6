import { out, type Recorded } from './evidence.ts';

export const pkiRecorded: Recorded = {
  'certificate-inconsistent': {
    holds: [
      out(
        'error execution phase certs/ca: failed to write or validate certificate "ca": the certificate and the key do not match',
      ),
    ],
    misses: [out('[certs] Using existing apiserver certificate and key on disk')],
  },
  'kubeconfig-inconsistent': {
    holds: [
      out(
        'error execution phase kubeconfig/admin: a kubeconfig file "/etc/kubernetes/admin.conf" exists already but has got the wrong CA cert',
      ),
    ],
    misses: [out('[kubeconfig] Using existing kubeconfig file: "/etc/kubernetes/admin.conf"')],
  },
  'kubeconfig-missing': {
    holds: [out('The connection to the server localhost:8080 was refused - did you specify the right host or port?')],
    misses: [
      out('The connection to the server 192.168.0.130:6443 was refused - did you specify the right host or port?'),
    ],
  },
};
