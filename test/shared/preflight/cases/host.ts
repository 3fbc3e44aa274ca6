import { type Case, having, master, planned, worker } from '../known.ts';

const osOf = (id: string, versionId: string) => ({ os: { id, versionId, prettyName: `${id} ${versionId}` } });
const mib = 1024 ** 2;
const enforcing = having('machine', { seLinux: 'enforcing' });
const seLinuxPlanned = (selinux: 'contexts' | 'keep') =>
  planned({ settings: { preparation: { ...worker.settings.preparation, selinux } } });

export const hostCases: Case[] = [
  ['root', 'not root', { root: false }, 'error'],
  ['systemd', 'another init process', { init: 'sh' }, 'error'],
  ['systemd', 'init process unknown', { init: '' }, 'unknown'],
  ['os', 'Debian 10', osOf('debian', '10'), 'error'],
  ['os', 'Ubuntu 23.10', osOf('ubuntu', '23.10'), 'error'],
  ['os', 'Ubuntu 18.04', osOf('ubuntu', '18.04'), 'ok'],
  ['os', 'no os-release', osOf('', ''), 'unknown'],
  ['arch', 'a 32-bit processor', { arch: 'ia32' }, 'error'],
  ['cpu-count', 'one CPU on a control plane', { cpuCount: 1 }, 'error', { assignment: master }],
  ['cpu-count', 'one CPU on a worker', { cpuCount: 1 }, 'ok'],
  ['cpu-count', 'unknown', { cpuCount: null }, 'unknown'],
  ['memory', '1600 MiB on a control plane', { memoryBytes: 1600 * mib }, 'error', { assignment: master }],
  ['memory', '1600 MiB on a worker', { memoryBytes: 1600 * mib }, 'ok'],
  ['memory', '800 MiB on a worker', { memoryBytes: 800 * mib }, 'warning'],
  ['memory', '256 MiB on a worker', { memoryBytes: 256 * mib }, 'error'],
  ['memory', 'unknown', { memoryBytes: null }, 'unknown'],
  ['memory-available', '200 MiB available', having('machine', { memoryAvailableBytes: 200 * mib }), 'warning'],
  ['memory-available', 'unknown', having('machine', { memoryAvailableBytes: null }), 'unknown'],
  ['swap-off', 'swap is active', { swap: { devices: ['/dev/sda2'], fstab: [] } }, 'warning', { mends: true }],
  [
    'swap-at-boot',
    'listed in fstab',
    { swap: { devices: [], fstab: ['/swapfile none swap sw 0 0'] } },
    'warning',
    { mends: true, seen: '/etc/fstab' },
  ],
  [
    'swap-at-boot',
    'enabled by a unit',
    having('machine', { swapUnits: ['dev-zram0.swap'] }),
    'warning',
    { mends: true, seen: 'dev-zram0.swap' },
  ],
  ['swap-at-boot', 'units unknown', having('machine', { swapUnits: null }), 'unknown', { mends: true }],
  ['systemd-version', 'systemd 229', { packages: { systemd: '229-4ubuntu21.31' } }, 'error'],
  ['systemd-version', 'the version of Ubuntu 18.04', { packages: { systemd: '237-3ubuntu10.57' } }, 'ok'],
  ['systemd-version', 'unknown', { packages: {} }, 'unknown'],
  [
    'package-architecture',
    '32-bit packages on a 64-bit kernel',
    having('machine', { packageArchitecture: 'i386' }),
    'error',
  ],
  ['package-architecture', 'unknown', having('machine', { packageArchitecture: null }), 'unknown'],
  ['kernel-log', 'missing', having('machine', { kernelLog: false }), 'error'],
  ['kernel-log', 'unknown', having('machine', { kernelLog: null }), 'unknown'],
  ['reboot-required', 'a reboot is due', having('machine', { rebootRequired: true }), 'warning'],
  ['reboot-required', 'unknown', having('machine', { rebootRequired: null }), 'unknown'],
  ['entropy', '40 bits', having('machine', { entropyBits: 40 }), 'warning'],
  ['entropy', 'unknown', having('machine', { entropyBits: null }), 'unknown'],
  ['selinux', 'enforcing', enforcing, 'warning', { mends: true }],
  ['selinux', 'enforcing, plan: keep', enforcing, 'warning', { assignment: seLinuxPlanned('keep') }],
  ['selinux', 'enforcing, plan: labels', enforcing, 'warning', { assignment: seLinuxPlanned('contexts'), mends: true }],
  ['selinux', 'enforcing, labels set', enforcing, 'ok', { assignment: seLinuxPlanned('contexts'), owns: true }],
  ['selinux', 'permissive', having('machine', { seLinux: 'permissive' }), 'ok'],
  ['selinux', 'unknown', having('machine', { seLinux: null }), 'unknown', { mends: true }],
  [
    'cloud-init-running',
    'running',
    having('machine', { cloudInit: { running: true, writesHostsFile: false } }),
    'warning',
  ],
  ['cloud-init-running', 'unknown', having('machine', { cloudInit: null }), 'unknown'],
];
