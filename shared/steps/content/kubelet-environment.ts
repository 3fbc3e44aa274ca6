import { minorVersion } from '../../kubeadm/version.ts';
import type { ClusterSettings } from '../../plan/schema.ts';

/**
 * Variables for /etc/default/kubelet, the kubelet unit's environment file. Kubelets before 1.27 look for AWS
 * credentials at startup and on pulls, which takes 6 to 20 s outside AWS.
 */
export function kubeletEnvironment(settings: ClusterSettings): Record<string, string> {
  return minorVersion(settings.kubernetes.version) < 27 ? { AWS_EC2_METADATA_DISABLED: 'true' } : {};
}
