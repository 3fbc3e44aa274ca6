import type { Role } from '../plan/schema.ts';

/** Whose Kubernetes node the step is for. */
type For = 'all' | 'init' | 'join';

interface CatalogueEntry {
  id: string;
  title: string;
  for: For;
}

/**
 * What happens on a host, in this order: the tutorial's table of contents. A step that waits for something outside the
 * host ends the round there; everything before it has been done by then.
 */
export const catalogue = [
  { id: 'host-name', title: 'Set the host name', for: 'all' },
  { id: 'hosts-file', title: 'Write all hosts and the endpoint to /etc/hosts', for: 'all' },
  { id: 'swap', title: 'Turn swap off, now and at boot', for: 'all' },
  { id: 'kernel-modules', title: 'Load overlay and br_netfilter', for: 'all' },
  { id: 'sysctls', title: 'Let bridged traffic pass iptables, and forward IPv4', for: 'all' },
  { id: 'selinux', title: 'Let containers work under SELinux', for: 'all' },
  { id: 'firewall', title: 'Open the firewall for the cluster', for: 'all' },
  { id: 'network-manager', title: 'Keep NetworkManager off the interfaces of pods', for: 'all' },
  { id: 'time-daemon', title: 'Keep the clock right with the time daemon that is installed', for: 'all' },
  { id: 'journal', title: 'Limit the journal’s size', for: 'all' },
  { id: 'package-source', title: 'Add the Kubernetes package source and its key', for: 'all' },
  { id: 'runtime-config', title: 'Configure the container runtime', for: 'all' },
  { id: 'service-limits', title: 'Let the runtime and the kubelet open enough files', for: 'all' },
  { id: 'proxy', title: 'Lead the runtime and the kubelet through the proxy', for: 'all' },
  { id: 'kubelet-environment', title: 'Configure the kubelet’s environment', for: 'all' },
  { id: 'packages', title: 'Install and hold the runtime, kubeadm, kubelet and kubectl', for: 'all' },
  { id: 'runtime', title: 'Run the container runtime with that configuration', for: 'all' },
  { id: 'kubelet-enabled', title: 'Enable the kubelet', for: 'all' },
  { id: 'images', title: 'Pull the images that this node needs', for: 'all' },
  { id: 'kubeadm-init', title: 'Create the cluster with kubeadm init', for: 'init' },
  { id: 'admin-conf', title: 'Give root the cluster’s admin.conf', for: 'init' },
  { id: 'approval', title: 'Leave the approval of new nodes to muster', for: 'init' },
  { id: 'network-plugin', title: 'Apply the network plugin', for: 'init' },
  { id: 'kubeadm-join', title: 'Join the cluster with kubeadm join', for: 'join' },
  { id: 'labels-and-taints', title: 'Carry the planned labels and taints', for: 'all' },
  { id: 'node-ready', title: 'See the node Ready', for: 'all' },
] as const satisfies readonly CatalogueEntry[];

export type StepId = (typeof catalogue)[number]['id'];

export const stepIds = catalogue.map((entry) => entry.id) as [StepId, ...StepId[]];

export const titleOf = (id: StepId): string => catalogue.find((entry) => entry.id === id)?.title ?? id;

/** The steps of a host, in order. */
export function stepsOf(bootstrap: 'init' | 'join'): readonly { id: StepId; title: string }[] {
  return catalogue.filter((entry) => entry.for === 'all' || entry.for === bootstrap);
}

export const roleTitle: Record<Role, string> = { 'control-plane': 'control plane', worker: 'worker' };
