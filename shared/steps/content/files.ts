/** Files on a host that muster's steps write. */
export const hostFiles = {
  hostName: '/etc/hostname',
  hosts: '/etc/hosts',
  fstab: '/etc/fstab',
  modules: '/etc/modules-load.d/muster.conf',
  /** Read after /etc/sysctl.d/99-sysctl.conf, the link to the operator's /etc/sysctl.conf; the last file wins. */
  sysctls: '/etc/sysctl.d/99-zz-muster.conf',
  selinux: '/etc/selinux/config',
  /** semanage's local contexts, which survive relabelling. */
  selinuxContexts: '/etc/selinux/targeted/contexts/files/file_contexts.local',
  networkManager: '/etc/NetworkManager/conf.d/50-muster.conf',
  journal: '/etc/systemd/journald.conf.d/50-muster.conf',
  dockerDaemon: '/etc/docker/daemon.json',
  containerdConfig: '/etc/containerd/config.toml',
  criDockerUnit: '/etc/systemd/system/cri-docker.service',
  /** One folder per registry, each with a hosts.toml. */
  containerdRegistries: '/etc/containerd/certs.d',
  kubeletEnvironment: '/etc/default/kubelet',
  rootKubeconfig: '/root/.kube/config',
} as const;
