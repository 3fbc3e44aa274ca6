/** Avoids Calico's default of 192.168.0.0/16, which most labs use for their hosts. */
export const defaultNetwork = {
  podSubnet: '10.244.0.0/16',
  serviceSubnet: '10.96.0.0/12',
  dnsDomain: 'cluster.local',
} as const;

/** kube-apiserver's own. */
export const defaultNodePorts = { from: 30_000, to: 32_767 } as const;

/** Backups of the coordinator's state. */
export const defaultBackup = { every: '1d', keep: 7 } as const;

/** cri-dockerd's releases. */
export const defaultCriDockerd = {
  url: null,
  mirror: 'https://github.com/Mirantis/cri-dockerd/releases/download',
  version: null,
  sha256: null,
  file: null,
} as const;

/** Packages of the distributions, and Docker's own. */
export const defaultRuntimePackage = {
  distribution: { docker: 'docker.io', containerd: 'containerd' },
  docker: { docker: 'docker-ce', containerd: 'containerd.io' },
} as const;

export const defaultRegistry = 'docker.io';

/**
 * Limits the journal, because an unlimited one takes up to a tenth of the disk and triggers the kubelet's disk
 * pressure.
 */
export const defaultPreparation = {
  firewall: 'open',
  selinux: 'permissive',
  proxy: null,
  journalMaxUse: '1G',
  driftCorrection: 'correct',
} as const;
