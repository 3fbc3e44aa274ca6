/** Installed at one version and held. */
export const kubernetesPackages = ['kubeadm', 'kubelet', 'kubectl'] as const;
