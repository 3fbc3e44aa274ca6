/** overlay: the runtimes' storage; br_netfilter: makes the net.bridge keys below exist. */
export const kernelModules = ['overlay', 'br_netfilter'] as const;

/** What the network plugins and kube-proxy need: bridged traffic seen by iptables, and forwarding. */
export const sysctls = {
  'net.bridge.bridge-nf-call-iptables': '1',
  'net.bridge.bridge-nf-call-ip6tables': '1',
  'net.ipv4.ip_forward': '1',
} as const;

/**
 * Limits that may be higher: the kubelet, the runtime and many pods watch files, and beyond the limit, which is 128 on many hosts, they
 * end with "too many open files".
 */
export const leastSysctls = {
  'fs.inotify.max_user_instances': 8192,
  'fs.inotify.max_user_watches': 524_288,
} as const;

export type LeastSysctl = keyof typeof leastSysctls;
export const leastSysctlNames = Object.keys(leastSysctls) as LeastSysctl[];

/** For /etc/modules-load.d. */
export function modulesFile(): string {
  return `${kernelModules.join('\n')}\n`;
}

/** For /etc/sysctl.d. `raised` are the limits that are too low without it: a higher one of somebody else's stays. */
export function sysctlFile(raised: readonly LeastSysctl[]): string {
  return [...Object.entries(sysctls), ...raised.map((name) => [name, leastSysctls[name]])]
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');
}
