import type { Facts } from '../../../../shared/protocol/facts.ts';
import { type Case, gib, having, master } from '../known.ts';

const disk = (freeBytes: number, mount = '/') => ({ mount, sizeBytes: 50 * gib, freeBytes });
const mounted = (type: string, ...options: string[]) => having('storage', { mounts: [{ mount: '/', type, options }] });
const none = having('storage', { mounts: null });
const timed = having('machine', {});
const running = (...names: string[]) =>
  having('machine', { units: Object.fromEntries(names.map((name) => [name, { active: true, state: 'enabled' }])) });
const idle = (state: string) => having('machine', { units: { chrony: { active: false, state } } });

type Lock = NonNullable<Facts['storage']['lockedFiles']>[number]['lock'];
const locked = (path: string, lock: Lock) => having('storage', { lockedFiles: [{ path, lock }] });

export const storageCases: Case[] = [
  ['locked-files', 'an immutable file', locked('/etc/hosts', 'immutable'), 'error', { seen: '/etc/hosts' }],
  ['locked-files', 'a folder that takes additions only', locked('/etc', 'append-only'), 'error'],
  ['locked-files', 'a read-only file system', locked('/etc/docker', 'read-only'), 'error'],
  ['locked-files', 'a directory in place of a file', locked('/etc/docker/daemon.json', 'directory'), 'error'],
  ['locked-files', 'a file in place of a directory', locked('/etc/docker', 'no-directory'), 'error'],
  ['locked-files', 'on a node', locked('/etc/hosts', 'immutable'), 'warning', { owns: true }],
  ['locked-files', 'unknown', having('storage', { lockedFiles: null }), 'unknown'],
  ['disk-space', '5 GiB free', { disks: [disk(5 * gib)] }, 'warning'],
  ['disk-space', '1 GiB free', { disks: [disk(gib)] }, 'error'],
  ['disk-space', '1 GiB free on a node', { disks: [disk(gib)] }, 'warning', { owns: true }],
  ['disk-space', 'little space on /var', { disks: [disk(40 * gib), disk(gib, '/var')] }, 'error', { seen: '/var' }],
  ['disk-space', 'unknown', { disks: [] }, 'unknown'],
  ['root-space', '100 MiB free', { disks: [disk(0.1 * gib), disk(40 * gib, '/var')] }, 'error'],
  ['root-space', '100 MiB free on a node', { disks: [disk(0.1 * gib)] }, 'warning', { owns: true }],
  ['root-space', 'unknown', { disks: [] }, 'unknown'],
  ['disk-inodes', '50,000 left', having('storage', { inodes: { free: 50_000, all: 3_000_000 } }), 'warning'],
  ['disk-inodes', '5,000 left', having('storage', { inodes: { free: 5000, all: 3_000_000 } }), 'error'],
  ['disk-inodes', 'btrfs', having('storage', { inodes: { free: 0, all: 0 } }), 'ok'],
  ['disk-inodes', 'unknown', having('storage', { inodes: null }), 'unknown'],
  ['disk-writable', 'read-only', mounted('ext4', 'ro'), 'error'],
  ['disk-writable', 'unknown', none, 'unknown'],
  ['disk-exec', 'noexec', mounted('ext4', 'rw', 'noexec'), 'error', { seen: 'noexec' }],
  ['disk-exec', 'unknown', none, 'unknown'],
  ['file-system', 'NFS', mounted('nfs4', 'rw'), 'error'],
  ['file-system', 'in memory', mounted('tmpfs', 'rw'), 'warning'],
  ['file-system', 'unknown', none, 'unknown'],
  ['disk-latency', '35 ms', having('storage', { syncMs: 35 }), 'warning', { assignment: master }],
  ['disk-latency', '2 ms', having('storage', { syncMs: 2 }), 'ok', { assignment: master }],
  ['disk-latency', 'not measured', having('storage', { syncMs: null }), 'unknown', { assignment: master }],
  ['time-daemon', 'none running', running('docker'), 'warning'],
  ['time-daemon', 'chrony running', running('chrony'), 'ok'],
  ['time-daemon', 'in a container', having('machine', { container: 'lxc', units: {} }), 'unknown', { seen: 'lxc' }],
  ['time-daemon', 'installed but disabled', idle('disabled'), 'warning', { mends: true }],
  ['time-daemon', 'enabled but not running', idle('enabled'), 'warning'],
  ['time-daemon', 'unit state unknown', having('machine', { units: null }), 'unknown', { mends: true }],
  ['time-daemons', 'two running', running('chrony', 'systemd-timesyncd'), 'warning'],
  ['time-daemons', 'unit state unknown', having('machine', { units: null }), 'unknown'],
  ['time-synchronised', 'not synchronised', having('machine', { timeSynchronised: false }), 'warning'],
  ['time-synchronised', 'chrony without a marker', having('machine', { timeSynchronised: null }), 'unknown'],
  ['clock-year', '1970', having('machine', { year: 1970 }), 'error'],
  ['clock-year', 'a plausible year', timed, 'ok'],
  ['clock-year', 'unknown', having('machine', { year: null }), 'unknown'],
];
