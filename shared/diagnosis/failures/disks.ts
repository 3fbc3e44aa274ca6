import { anywhere, container, kubelet, onHost, output, seen } from '../clue.ts';
import type { Failure } from '../failure.ts';

const lowDiskBytes = 200 * 1024 ** 2;

/** The kernel says "no space left" of these too (limits.ts). */
const notTheDisk =
  /inotify|fsnotify|\b[Ww]atch(?:er|es)?\b|\/sys\/fs\/cgroup|create cgroup|user namespace|unshare|\bclone\b|fork\/exec|session key|keyring|keyctl|RTNETLINK|ip_?set\b|ipvs|netlink|semget|\bbpf\b/i;

/** The kernel's own file systems where the host is a container (machine.ts), and the root of a container. */
const ofContainer = /\/(?:proc|sys)\/[^\s:]{1,200}: read-only file system|make mountpoint|to rootfs\b/i;

const ofFullDisk = [
  'dpkg-interrupted',
  'package-script-failed',
  'package-damaged',
  'tmp-unwritable',
  'repository-key-wrong',
  'runtime-start-failed',
  'runtime-config-broken',
  'runtime-stopped',
  'cri-disabled',
  'container-init-failed',
  'image-missing',
  'sandbox-image-missing',
  'etcd-slow-disk',
  'api-unreachable',
];

/** Disks and file systems. */
export const disks: readonly Failure[] = [
  {
    id: 'disk-full',
    title: { en: 'Disk is full', zh: '磁盘已满' },
    cause: {
      en: 'A file system of this host has no free space, so nothing can be downloaded, unpacked or started: {what}.',
      zh: '该主机的某个文件系统没有可用空间，因此无法下载、解包或启动任何内容：{what}。',
    },
    remedy: {
      en: 'Free disk space: the command empties the package cache and trims the journal; df -h shows which file system is full.',
      zh: '释放磁盘空间：该命令会清空软件包缓存并缩减日志；df -h 显示哪个文件系统已满。',
    },
    command: 'apt-get clean && journalctl --vacuum-size=100M && df -h',
    where: 'host',
    explains: ofFullDisk,
    clues: [
      anywhere(
        /(?:no space left on device|disk quota exceeded)(?<=(?<what>\/[^\s"']{1,300}: (?:no space left on device|disk quota exceeded)|\b[^"']{1,120}))/i,
        { unless: notTheDisk },
      ),
      anywhere(
        /\/(?:var\/(?:lib\/(?:docker|containerd|kubelet\/(?!pods))|log)|run)\/[^":]{1,250}: (?:no space left on device|disk quota exceeded)(?<=(?<what>[^"']{1,120}))/i,
        {
          pods: 'all',
          unless: notTheDisk,
        },
      ),
      anywhere(/(?<what>Thin Pool has \d{1,12} free (?:meta)?data blocks) which is less than/),
      output(/You don't have enough free space in (?<what>\/[\w./-]{1,100}\w)/),
      kubelet(/(?<what>\bNodeHasDiskPressure\b|KubeletHasDiskPressure|node had condition: \[DiskPressure)/),
      kubelet(
        /eviction manager: (?:attempting to reclaim|must evict).{0,120}?\b(?<what>ephemeral-storage|nodefs|imagefs)/i,
      ),
      kubelet(/EvictionThresholdMet.{0,120}?(?<what>ephemeral-storage|nodefs|imagefs)/),
      kubelet(/(?<what>(?:Attempted|Wanted) to free \d{1,20} bytes, but (?:only found|freed) \d{1,20} bytes)/, {
        symptom: true,
      }),
      seen(({ facts }) => {
        const full = facts?.disks.find(({ freeBytes }) => freeBytes < lowDiskBytes);
        if (full === undefined) return null;
        const line = `${full.mount}: ${Math.round(full.freeBytes / 1024 ** 2)} MB free`;
        return { line, values: { what: line } };
      }),
    ],
    automatic: { remedy: 'clean-package-cache', tries: 1 },
  },
  {
    id: 'inodes-full',
    title: { en: 'File system has no free inodes', zh: '文件系统没有可用的 inode' },
    cause: {
      en: 'A file system of this host has no free inodes: no file can be created although blocks are free ({what}).',
      zh: '该主机的某个文件系统没有可用的 inode：虽有空闲块，但无法创建文件（{what}）。',
    },
    remedy: {
      en: 'Delete the directories with the most files; df -i shows which file system is full.',
      zh: '删除文件最多的目录；df -i 显示哪个文件系统已满。',
    },
    command: 'df -i; du --inodes -xS /var 2>/dev/null | sort -n | tail',
    where: 'host',
    explains: [...ofFullDisk, 'disk-full'],
    clues: [
      kubelet(/eviction manager: (?:attempting to reclaim|must evict).{0,120}?\b(?<what>inodes)/i),
      seen(({ facts }) =>
        (facts?.storage?.inodes?.all ?? 0) > 0 && facts?.storage?.inodes?.free === 0
          ? { line: '/var/lib: 0 inodes free', values: { what: '/var/lib' } }
          : null,
      ),
    ],
  },
  {
    id: 'disk-read-only',
    title: { en: 'File system is read-only', zh: '文件系统为只读' },
    cause: {
      en: 'A file system of this host is read-only: it was mounted that way, or the kernel remounted it after a disk error.',
      zh: '该主机的某个文件系统为只读：以只读方式挂载，或内核在磁盘出错后将其重新挂载为只读。',
    },
    remedy: {
      en: 'Check the kernel log for disk errors, repair the disk, then remount read-write.',
      zh: '检查内核日志中的磁盘错误，修复磁盘，然后以读写方式重新挂载。',
    },
    command: "dmesg | grep -iE 'remount|I/O error|EXT4-fs error' | tail; mount -o remount,rw /",
    where: 'host',
    explains: [
      'dpkg-interrupted',
      'package-script-failed',
      'tmp-unwritable',
      'runtime-start-failed',
      'runtime-stopped',
      'kubelet-exits',
      'container-init-failed',
      'api-unreachable',
    ],
    clues: [
      onHost(/read-only file system/i, { unless: ofContainer }),
      container(/\/var\/(?:lib|log)\/[^\s:]{1,200}: read-only file system/i),
    ],
  },
  {
    id: 'disk-io-error',
    title: { en: 'Disk reports errors', zh: '磁盘报告错误' },
    cause: {
      en: 'A disk of this host cannot be read or written, or its file system is damaged: {what}.',
      zh: '该主机的某个磁盘无法读写，或其文件系统已损坏：{what}。',
    },
    remedy: {
      en: 'Check the kernel log; repair the file system offline (fsck, xfs_repair) or replace the disk.',
      zh: '检查内核日志；离线修复文件系统（fsck、xfs_repair），或更换磁盘。',
    },
    command: "dmesg | grep -iE 'I/O error|EXT4-fs error|XFS|medium error|critical target' | tail",
    where: 'host',
    explains: [
      'disk-read-only',
      'dpkg-interrupted',
      'package-script-failed',
      'package-damaged',
      'runtime-data-damaged',
      'runtime-start-failed',
      'runtime-stopped',
      'kubelet-exits',
      'container-init-failed',
      'etcd-data-damaged',
      'api-unreachable',
    ],
    clues: [
      anywhere(
        /(?:input\/output error|structure needs cleaning|EXT4-fs error(?: \(device [\w-]{1,40}\))?|blk_update_request: I\/O error)(?<=(?<what>\/[^\s"']{1,300}: [\w/ ]{1,40}|\b[^"']{1,140}))/i,
        {
          unless: /\/(?:proc|sys|dev)\/|readline|terminal|IRQ/,
        },
      ),
    ],
  },
];
