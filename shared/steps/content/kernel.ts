/** overlay: the runtimes' storage; br_netfilter: makes the net.bridge keys below exist. */
export const kernelModules = ['overlay', 'br_netfilter'] as const;

/** What the network plugins and kube-proxy need: bridged traffic seen by iptables, and forwarding. */
export const sysctls = {
  'net.bridge.bridge-nf-call-iptables': '1',
  'net.bridge.bridge-nf-call-ip6tables': '1',
  'net.ipv4.ip_forward': '1',
} as const;

/** For /etc/modules-load.d. */
export function modulesFile(): string {
  return `${kernelModules.join('\n')}\n`;
}

/** For /etc/sysctl.d. */
export function sysctlFile(): string {
  return Object.entries(sysctls)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');
}
