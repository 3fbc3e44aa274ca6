import { minorVersion } from './version.ts';

/** muster uses the API at /v3 of etcd's gateway, which 3.3 does not have. */
const ofMuster = '3.4.0';

/**
 * The oldest external etcd for a Kubernetes version. Source: MinExternalEtcdVersion in cmd/kubeadm/app/constants; before
 * Kubernetes 1.28 it is older than what muster needs.
 */
export function oldestEtcd(kubernetes: string): string {
  const minor = minorVersion(kubernetes);
  if (minor >= 31) return '3.5.11';
  return minor >= 28 ? '3.4.13' : ofMuster;
}
