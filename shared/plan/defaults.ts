/** What holds where the plan says nothing. Calico's own 192.168.0.0/16 is where most labs have their hosts. */
export const defaultNetwork = {
  podSubnet: '10.244.0.0/16',
  serviceSubnet: '10.96.0.0/12',
  dnsDomain: 'cluster.local',
} as const;

/** Of the coordinator's state. */
export const defaultBackup = { every: '1d', keep: 7 } as const;

/** The distributions' own packages. */
export const defaultRuntimePackage = { docker: 'docker.io', containerd: 'containerd' } as const;

export const defaultRegistry = 'docker.io';

/** A journal without a limit takes up to a tenth of the disk, which the kubelet then takes for pressure. */
export const defaultPreparation = {
  firewall: 'open',
  selinux: 'permissive',
  proxy: null,
  journalMaxUse: '1G',
  driftCorrection: 'correct',
} as const;
