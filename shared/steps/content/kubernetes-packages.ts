/** Installed at one version and held there. */
export const kubernetesPackages = ['kubeadm', 'kubelet', 'kubectl'] as const;
