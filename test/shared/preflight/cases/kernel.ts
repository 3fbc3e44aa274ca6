import { type Case, having, planned, withComponent, withPlugin } from '../known.ts';

const v1 = {
  version: '1' as const,
  controllers: ['cpu', 'cpuacct', 'cpuset', 'devices', 'freezer', 'memory', 'pids'],
};
const modules = (changes: Record<string, 'loaded' | 'builtin' | 'available' | 'missing' | 'unknown'>) => ({
  modules: { overlay: 'loaded' as const, br_netfilter: 'loaded' as const, ...changes },
});
const ipvs = withComponent('kubeProxyConfiguration', { mode: 'ipvs' });
const nftables = withComponent('kubeProxyConfiguration', { mode: 'nftables' });
const strict = withComponent('kubeletConfiguration', { protectKernelDefaults: true });
const seccompDefault = withComponent('kubeletConfiguration', { seccompDefault: true });
const calico = withPlugin('calico', 'Calico v3.24.1');
const flannel = withPlugin('flannel', 'Flannel v0.25.1');
const inKubernetes = (version: string) => ({ assignment: planned({ version }) });
const halfAllowingV1 = {
  ...planned({ version: '1.35.0' }),
  ...withComponent('kubeletConfiguration', { failCgroupV1: false }),
};
halfAllowingV1.settings.kubernetes.version = '1.35.0';
const allowingV1 = structuredClone(halfAllowingV1);
allowingV1.settings.kubernetes.components.joinConfiguration = {
  nodeRegistration: { ignorePreflightErrors: ['SystemVerification'] },
};
const rpFilter = (value: string) => ({ sysctls: { 'net.ipv4.conf.all.rp_filter': value } });

export const kernelCases: Case[] = [
  ['kernel-modules', 'one is loadable', modules({ br_netfilter: 'available' }), 'warning', { mends: true }],
  ['kernel-modules', 'one is built in', modules({ br_netfilter: 'builtin' }), 'ok'],
  ['kernel-modules', 'one is missing', modules({ br_netfilter: 'missing' }), 'error'],
  [
    'kernel-modules',
    'modprobe does nothing for one',
    {
      ...modules({ br_netfilter: 'available' }),
      ...having('machine', { disabledModules: [{ name: 'br_netfilter', path: '/etc/modprobe.d/cis.conf' }] }),
    },
    'error',
    { seen: '/etc/modprobe.d/cis.conf' },
  ],
  [
    'kernel-modules',
    'modprobe would do nothing for one that is loaded',
    having('machine', { disabledModules: [{ name: 'overlay', path: '/etc/modprobe.d/cis.conf' }] }),
    'ok',
  ],
  ['kernel-modules', 'unknown', modules({ overlay: 'unknown' }), 'unknown', { mends: true }],
  ['ip-forward', 'off', { sysctls: { 'net.ipv4.ip_forward': '0' } }, 'warning', { mends: true }],
  ['ip-forward', 'unreadable', { sysctls: {} }, 'unknown', { mends: true }],
  [
    'bridge-netfilter',
    'a missing key',
    { sysctls: { 'net.bridge.bridge-nf-call-iptables': null } },
    'warning',
    { mends: true, seen: '(not set)' },
  ],
  [
    'cgroup-controllers',
    'pids is missing',
    { cgroup: { version: '2', controllers: ['cpu', 'cpuset', 'memory'] } },
    'error',
    { seen: 'pids' },
  ],
  ['cgroup-controllers', 'unknown', { cgroup: { version: 'unknown', controllers: [] } }, 'unknown'],
  ['cgroup-version', 'cgroup v1 and Kubernetes 1.30', { cgroup: v1 }, 'ok', inKubernetes('1.30.0')],
  ['cgroup-version', 'cgroup v1 and Kubernetes 1.34', { cgroup: v1 }, 'warning', inKubernetes('1.34.2')],
  ['cgroup-version', 'cgroup v1 and Kubernetes 1.35', { cgroup: v1 }, 'error', inKubernetes('1.35.0')],
  ['cgroup-version', 'cgroup v1 that the plan allows', { cgroup: v1 }, 'warning', { assignment: allowingV1 }],
  ['cgroup-version', 'cgroup v1 that only the kubelet allows', { cgroup: v1 }, 'error', { assignment: halfAllowingV1 }],
  ['cgroup-version', 'unknown', { cgroup: { version: 'unknown', controllers: [] } }, 'unknown'],
  ['kernel-version', '2.6.32', { kernel: '2.6.32-754.el6.x86_64' }, 'error'],
  ['kernel-version', '3.10', { kernel: '3.10.0-1160.el7' }, 'ok'],
  ['kernel-version', 'unknown', { kernel: '' }, 'unknown'],
  ['kernel-for-kubernetes', '4.15 and 1.31', { kernel: '4.15.0-213-generic' }, 'ok', inKubernetes('1.31.0')],
  ['kernel-for-kubernetes', '4.15 and 1.32', { kernel: '4.15.0-213-generic' }, 'error', inKubernetes('1.32.0')],
  ['kernel-for-kubernetes', '4.18 and 1.33', { kernel: '4.18.0-553.el8.x86_64' }, 'error', inKubernetes('1.33.1')],
  ['kernel-for-kubernetes', '4.18 and 1.34', { kernel: '4.18.0-553.el8.x86_64' }, 'warning', inKubernetes('1.34.1')],
  ['kernel-for-kubernetes', '5.14 and 1.34', { kernel: '5.14.0-665.el9.x86_64' }, 'warning', inKubernetes('1.34.1')],
  ['kernel-for-kubernetes', '5.15 and 1.36', { kernel: '5.15.0-100-generic' }, 'ok', inKubernetes('1.36.2')],
  ['kernel-for-kubernetes', 'unknown', { kernel: '' }, 'unknown', inKubernetes('1.32.0')],
  ['kernel-for-nftables', '5.4', { kernel: '5.4.0-150-generic' }, 'error', { assignment: nftables }],
  ['kernel-for-nftables', '6.1', {}, 'ok', { assignment: nftables }],
  ['kernel-for-nftables', 'unknown', { kernel: '' }, 'unknown', { assignment: nftables }],
  ['kernel-namespaces', 'pid is missing', having('machine', { namespaces: ['ipc', 'mnt', 'net', 'uts'] }), 'error'],
  ['kernel-namespaces', 'unknown', having('machine', { namespaces: null }), 'unknown'],
  ['kernel-config', 'a required option is missing', having('machine', { kernelConfig: { MEMCG: 'n' } }), 'error'],
  [
    'kernel-config',
    'a recommended option is missing',
    having('machine', { kernelConfig: { OVERLAY_FS: 'n' } }),
    'warning',
  ],
  ['kernel-config', 'no configuration file', having('machine', { kernelConfig: null }), 'unknown'],
  ['seccomp', 'missing', having('machine', { seccomp: false }), 'warning'],
  [
    'seccomp',
    'missing, and planned as the default',
    having('machine', { seccomp: false }),
    'error',
    { assignment: seccompDefault },
  ],
  ['seccomp', 'unknown', having('machine', { seccomp: null }), 'unknown'],
  ['ipvs-modules', 'missing', modules({ ip_vs: 'missing', nf_conntrack: 'loaded' }), 'error', { assignment: ipvs }],
  [
    'ipvs-modules',
    'loadable',
    modules({ ip_vs: 'available', nf_conntrack: 'loaded' }),
    'warning',
    { assignment: ipvs },
  ],
  ['ipvs-modules', 'unknown', modules({}), 'unknown', { assignment: ipvs }],
  ['vxlan-module', 'missing', modules({ vxlan: 'missing' }), 'error', { assignment: flannel }],
  ['vxlan-module', 'loadable', modules({ vxlan: 'available' }), 'ok', { assignment: flannel }],
  ['vxlan-module', 'unknown', modules({}), 'unknown', { assignment: flannel }],
  [
    'sysctl-files',
    'a file overrides a value',
    having('machine', { sysctlFiles: [{ path: '/etc/sysctl.conf', key: 'net.ipv4.ip_forward', value: '0' }] }),
    'warning',
    { seen: '/etc/sysctl.conf' },
  ],
  ['sysctl-files', 'unknown', having('machine', { sysctlFiles: null }), 'unknown'],
  [
    'kernel-defaults',
    'one differs',
    { sysctls: { 'vm.overcommit_memory': '0', 'kernel.panic': '10', 'kernel.panic_on_oops': '1' } },
    'error',
    { assignment: strict },
  ],
  ['kernel-defaults', 'all as required', {}, 'ok', { assignment: strict }],
  ['kernel-defaults', 'unknown', { sysctls: {} }, 'unknown', { assignment: strict }],
  [
    'inotify-limits',
    'too low',
    { sysctls: { 'fs.inotify.max_user_instances': '128', 'fs.inotify.max_user_watches': '1048576' } },
    'warning',
    { mends: true },
  ],
  ['inotify-limits', 'unknown', { sysctls: {} }, 'unknown', { mends: true }],
  ['pid-max', '4096', { sysctls: { 'kernel.pid_max': '4096' } }, 'warning'],
  ['pid-max', 'unknown', { sysctls: {} }, 'unknown'],
  ['reverse-path-filter', 'loose with Calico', rpFilter('2'), 'warning', { assignment: calico }],
  ['reverse-path-filter', 'strict with Calico', rpFilter('1'), 'ok', { assignment: calico }],
  ['reverse-path-filter', 'loose with another plugin', rpFilter('2'), 'ok'],
  ['reverse-path-filter', 'unknown', { sysctls: {} }, 'unknown', { assignment: calico }],
];
