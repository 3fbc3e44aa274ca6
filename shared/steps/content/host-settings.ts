/** A limit for the journal, for /etc/systemd/journald.conf.d. `maxUse` such as 1G. */
export function journalFile(maxUse: string): string {
  return `[Journal]\nSystemMaxUse=${maxUse}\n`;
}

/** What the runtimes and network plugins make and look after themselves. */
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

/** For /etc/NetworkManager/conf.d: without it, NetworkManager takes pods' interfaces for the host's and changes their routes. */
export function networkManagerFile(): string {
  const devices = podInterfaces.map((name) => `interface-name:${name}`).join(';');
  return `[keyfile]\nunmanaged-devices+=${devices}\n`;
}
