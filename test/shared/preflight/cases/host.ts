import { type Case, having, master, planned, worker } from '../known.ts';

const osOf = (id: string, versionId: string) => ({ os: { id, versionId, prettyName: `${id} ${versionId}` } });
const mib = 1024 ** 2;
const enforcing = having('machine', { seLinux: 'enforcing' });
const seLinuxPlanned = (selinux: 'contexts' | 'keep') =>
  planned({ settings: { preparation: { ...worker.settings.preparation, selinux } } });

export const hostCases: Case[] = [
  ['root', 'an ordinary user', { root: false }, 'error'],
  ['systemd', 'another process 1', { init: 'sh' }, 'error'],
  ['systemd', 'process 1 is not known', { init: '' }, 'unknown'],
  ['os', 'Debian 10', osOf('debian', '10'), 'error'],
  ['os', 'Ubuntu 23.10', osOf('ubuntu', '23.10'), 'error'],
  ['os', 'Ubuntu 18.04', osOf('ubuntu', '18.04'), 'ok'],
  ['os', 'no os-release', osOf('', ''), 'unknown'],
  ['arch', 'a 32-bit processor', { arch: 'ia32' }, 'error'],
  ['cpu-count', 'one CPU on a control plane', { cpuCount: 1 }, 'error', { assignment: master }],
  ['cpu-count', 'one CPU on a worker', { cpuCount: 1 }, 'ok'],
  ['cpu-count', 'it is not known', { cpuCount: null }, 'unknown'],
  ['memory', '1600 MiB on a control plane', { memoryBytes: 1600 * mib }, 'error', { assignment: master }],
  ['memory', '1600 MiB on a worker', { memoryBytes: 1600 * mib }, 'ok'],
  ['memory', '800 MiB on a worker', { memoryBytes: 800 * mib }, 'warning'],
  ['memory', '256 MiB on a worker', { memoryBytes: 256 * mib }, 'error'],
  ['memory', 'it is not known', { memoryBytes: null }, 'unknown'],
  ['memory-available', '200 MiB are left', having('machine', { memoryAvailableBytes: 200 * mib }), 'warning'],
  ['memory-available', 'it is not known', having('machine', { memoryAvailableBytes: null }), 'unknown'],
  ['swap-off', 'swap is on', { swap: { devices: ['/dev/sda2'], fstab: [] } }, 'warning', { mends: true }],
  [
    'swap-at-boot',
    'fstab has it',
    { swap: { devices: [], fstab: ['/swapfile none swap sw 0 0'] } },
    'warning',
    { mends: true, seen: '/etc/fstab' },
  ],
  [
    'swap-at-boot',
    'a unit has it',
    having('machine', { swapUnits: ['dev-zram0.swap'] }),
    'warning',
    { mends: true, seen: 'dev-zram0.swap' },
  ],
  ['swap-at-boot', 'units are not known', having('machine', { swapUnits: null }), 'unknown', { mends: true }],
  ['systemd-version', 'systemd 229', { packages: { systemd: '229-4ubuntu21.31' } }, 'error'],
  ['systemd-version', 'Ubuntu 18.04’s', { packages: { systemd: '237-3ubuntu10.57' } }, 'ok'],
  ['systemd-version', 'it is not known', { packages: {} }, 'unknown'],
  ['package-architecture', '32 bits on a 64-bit kernel', having('machine', { packageArchitecture: 'i386' }), 'error'],
  ['package-architecture', 'it is not known', having('machine', { packageArchitecture: null }), 'unknown'],
  ['kernel-log', 'there is none', having('machine', { kernelLog: false }), 'error'],
  ['kernel-log', 'it is not known', having('machine', { kernelLog: null }), 'unknown'],
  ['reboot-required', 'one is due', having('machine', { rebootRequired: true }), 'warning'],
  ['reboot-required', 'it is not known', having('machine', { rebootRequired: null }), 'unknown'],
  ['entropy', '40 bits', having('machine', { entropyBits: 40 }), 'warning'],
  ['entropy', 'it is not known', having('machine', { entropyBits: null }), 'unknown'],
  ['selinux', 'it is enforcing', enforcing, 'warning', { mends: true }],
  ['selinux', 'it is enforcing, and is to stay so', enforcing, 'warning', { assignment: seLinuxPlanned('keep') }],
  ['selinux', 'labels are to be set', enforcing, 'warning', { assignment: seLinuxPlanned('contexts'), mends: true }],
  ['selinux', 'labels are set', enforcing, 'ok', { assignment: seLinuxPlanned('contexts'), owns: true }],
  ['selinux', 'it is permissive', having('machine', { seLinux: 'permissive' }), 'ok'],
  ['selinux', 'it is not known', having('machine', { seLinux: null }), 'unknown', { mends: true }],
  [
    'cloud-init-running',
    'it runs',
    having('machine', { cloudInit: { running: true, writesHostsFile: false } }),
    'warning',
  ],
  ['cloud-init-running', 'it is not known', having('machine', { cloudInit: null }), 'unknown'],
];
