import { type Case, gib, having, master } from '../known.ts';

const disk = (freeBytes: number, mount = '/') => ({ mount, sizeBytes: 50 * gib, freeBytes });
const mounted = (type: string, ...options: string[]) => having('storage', { mounts: [{ mount: '/', type, options }] });
const none = having('storage', { mounts: null });
const timed = having('machine', {});
const running = (...names: string[]) =>
  having('machine', { units: Object.fromEntries(names.map((name) => [name, { active: true, state: 'enabled' }])) });
const idle = (state: string) => having('machine', { units: { chrony: { active: false, state } } });

export const storageCases: Case[] = [
  ['disk-space', '5 GiB free', { disks: [disk(5 * gib)] }, 'warning'],
  ['disk-space', '1 GiB free', { disks: [disk(gib)] }, 'error'],
  ['disk-space', '1 GiB free on a node', { disks: [disk(gib)] }, 'warning', { owns: true }],
  ['disk-space', '/var is small', { disks: [disk(40 * gib), disk(gib, '/var')] }, 'error', { seen: '/var' }],
  ['disk-space', 'it is not known', { disks: [] }, 'unknown'],
  ['root-space', '100 MiB free', { disks: [disk(0.1 * gib), disk(40 * gib, '/var')] }, 'error'],
  ['root-space', '100 MiB free on a node', { disks: [disk(0.1 * gib)] }, 'warning', { owns: true }],
  ['root-space', 'it is not known', { disks: [] }, 'unknown'],
  ['disk-inodes', '50,000 left', having('storage', { inodes: { free: 50_000, all: 3_000_000 } }), 'warning'],
  ['disk-inodes', '5,000 left', having('storage', { inodes: { free: 5000, all: 3_000_000 } }), 'error'],
  ['disk-inodes', 'btrfs', having('storage', { inodes: { free: 0, all: 0 } }), 'ok'],
  ['disk-inodes', 'it is not known', having('storage', { inodes: null }), 'unknown'],
  ['disk-writable', 'read-only', mounted('ext4', 'ro'), 'error'],
  ['disk-writable', 'it is not known', none, 'unknown'],
  ['disk-exec', 'noexec', mounted('ext4', 'rw', 'noexec'), 'error', { seen: 'noexec' }],
  ['disk-exec', 'it is not known', none, 'unknown'],
  ['file-system', 'NFS', mounted('nfs4', 'rw'), 'error'],
  ['file-system', 'in memory', mounted('tmpfs', 'rw'), 'warning'],
  ['file-system', 'it is not known', none, 'unknown'],
  ['disk-latency', '35 ms', having('storage', { syncMs: 35 }), 'warning', { assignment: master }],
  ['disk-latency', '2 ms', having('storage', { syncMs: 2 }), 'ok', { assignment: master }],
  ['disk-latency', 'it was not measured', having('storage', { syncMs: null }), 'unknown', { assignment: master }],
  ['time-daemon', 'none runs', running('docker'), 'warning'],
  ['time-daemon', 'chrony runs', running('chrony'), 'ok'],
  ['time-daemon', 'in a container', having('machine', { container: 'lxc', units: {} }), 'unknown', { seen: 'lxc' }],
  ['time-daemon', 'one is installed and off', idle('disabled'), 'warning', { mends: true }],
  ['time-daemon', 'one is to run and does not', idle('enabled'), 'warning'],
  ['time-daemon', 'systemd does not tell', having('machine', { units: null }), 'unknown', { mends: true }],
  ['time-daemons', 'two run', running('chrony', 'systemd-timesyncd'), 'warning'],
  ['time-daemons', 'systemd does not tell', having('machine', { units: null }), 'unknown'],
  ['time-synchronised', 'not yet', having('machine', { timeSynchronised: false }), 'warning'],
  ['time-synchronised', 'chrony leaves no mark', having('machine', { timeSynchronised: null }), 'unknown'],
  ['clock-year', '1970', having('machine', { year: 1970 }), 'error'],
  ['clock-year', 'it is so', timed, 'ok'],
  ['clock-year', 'it is not known', having('machine', { year: null }), 'unknown'],
];
