/** File with a journal limit for /etc/systemd/journald.conf.d. `maxUse`: such as 1G. */
export function journalFile(maxUse: string): string {
  return `[Journal]\nSystemMaxUse=${maxUse}\n`;
}

/** Interfaces managed by runtimes and network plugins. */
const podInterfaces = [
  'cali*',
  'tunl*',
  'vxlan.calico',
  'wireguard.cali',
  'cni*',
  'flannel*',
  'veth*',
  'kube-ipvs*',
  'docker*',
];

/** File for /etc/NetworkManager/conf.d. Without it, NetworkManager manages pod interfaces and changes their routes. */
export function networkManagerFile(): string {
  const devices = podInterfaces.map((name) => `interface-name:${name}`).join(';');
  return `[keyfile]\nunmanaged-devices+=${devices}\n`;
}
