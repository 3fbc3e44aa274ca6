import { minorVersion } from '../../kubeadm/version.ts';
import type { ClusterSettings } from '../../plan/schema.ts';

/**
 * What muster adds to /etc/default/kubelet, which the kubelet's unit reads as its environment. A kubelet before 1.27 carries AWS code
 * that looks for credentials when it starts and again at pulls: 6 to 20 s each time on a host that is not in AWS.
 */
export function kubeletEnvironment(settings: ClusterSettings): Record<string, string> {
  return minorVersion(settings.kubernetes.version) < 27 ? { AWS_EC2_METADATA_DISABLED: 'true' } : {};
}
