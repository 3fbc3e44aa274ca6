import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';

/** overlay, on which images lie, can't lie on these. */
const unfit = [
  'nfs',
  'nfs4',
  'cifs',
  'smb3',
  '9p',
  'vfat',
  'exfat',
  'ntfs',
  'fuseblk',
  'ecryptfs',
  'overlay',
  'aufs',
  'ramfs',
];
/** It works, but a reboot takes the node with it. */
const fleeting = ['tmpfs'];

export const fileSystem: Check = {
  id: 'file-system',
  group: 'storage',
  level: 'error',
  depends: {
    en: 'Error where images can’t be unpacked at all, warning for a file system in memory.',
    zh: '完全无法解包镜像时为错误；内存文件系统为警告。',
  },
  title: { en: 'File system of /var/lib can hold images', zh: '/var/lib 的文件系统可存放镜像' },
  reason: {
    en: 'Images are layers of overlay, which the kernel does not lay on a network or a FAT file system.',
    zh: '镜像以 overlay 分层，内核不支持将其置于网络或 FAT 文件系统之上。',
  },
  needed: { en: 'ext4, xfs, btrfs or zfs on a disk', zh: '磁盘上的 ext4、xfs、btrfs 或 zfs' },
  remedy: { en: 'Mount a disk at /var/lib', zh: '将磁盘挂载到 /var/lib' },
  command: 'findmnt --target /var/lib',
  judge({ facts: { storage } }) {
    const holder = storage.mounts
      ?.filter(({ mount }) => '/var/lib'.startsWith(mount))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
    if (holder === undefined) return notLooked;
    const seen = verbatim(`${holder.type} (${holder.mount})`);
    if (unfit.includes(holder.type)) return error(seen);
    return fleeting.includes(holder.type) ? warning(seen) : ok(seen);
  },
};
