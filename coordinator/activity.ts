import type { StepId } from '../shared/steps/catalogue.ts';

const activities: Record<StepId, string> = {
  'host-name': 'setting its host name',
  'hosts-file': 'writing /etc/hosts',
  swap: 'turning swap off',
  'kernel-modules': 'loading kernel modules',
  sysctls: 'setting sysctls',
  selinux: 'setting up SELinux',
  firewall: 'opening the firewall',
  'network-manager': 'setting up NetworkManager',
  'time-daemon': 'enabling the time daemon',
  journal: 'limiting the journal',
  'package-source': 'adding the package source',
  'runtime-config': 'configuring the container runtime',
  'service-limits': 'raising the limits of services',
  proxy: 'setting up the proxy',
  'kubelet-environment': 'configuring the kubelet',
  packages: 'installing packages',
  runtime: 'starting the container runtime',
  'kubelet-enabled': 'enabling the kubelet',
  images: 'pulling images',
  'kubeadm-init': 'creating the cluster',
  'admin-conf': 'giving root admin.conf',
  approval: 'taking over the approval of nodes',
  'network-plugin': 'applying the network plugin',
  'kubeadm-join': 'joining the cluster',
  'labels-and-taints': 'waiting for its labels and taints',
  'node-ready': 'waiting for its node to be Ready',
};

/** What a host is doing in that step, to follow "node02 is". */
export function activity(step: StepId): string {
  return activities[step];
}
