/** overlay: storage of the runtimes; br_netfilter: provides the net.bridge keys below. */
export const kernelModules = ['overlay', 'br_netfilter'] as const;

/** Required by network plugins and kube-proxy: iptables sees bridged traffic, and forwarding is enabled. */
export const sysctls = {
  'net.bridge.bridge-nf-call-iptables': '1',
  'net.bridge.bridge-nf-call-ip6tables': '1',
  'net.ipv4.ip_forward': '1',
} as const;

/**
 * Minimum limits. The kubelet, the runtime and many pods watch files, and exceed the common default of 128 with "too
 * many open files".
 */
export const leastSysctls = {
  'fs.inotify.max_user_instances': 8192,
  'fs.inotify.max_user_watches': 524_288,
} as const;

export type LeastSysctl = keyof typeof leastSysctls;
export const leastSysctlNames = Object.keys(leastSysctls) as LeastSysctl[];

/** File for /etc/modules-load.d. */
export function modulesFile(): string {
  return `${kernelModules.join('\n')}\n`;
}

/** File for /etc/sysctl.d. `raised`: the limits that are too low on this host; higher values are kept. */
export function sysctlFile(raised: readonly LeastSysctl[]): string {
  return [...Object.entries(sysctls), ...raised.map((name) => [name, leastSysctls[name]])]
    .map(([key, value]) => `${key} = ${value}\n`)
    .join('');
}
