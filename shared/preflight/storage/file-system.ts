import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok, warning } from '../check.ts';

/** File systems that overlay does not support. */
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
/** File systems that are lost on reboot. */
const fleeting = ['tmpfs'];

export const fileSystem: Check = {
  id: 'file-system',
  group: 'storage',
  level: 'error',
  guards: ['images', ...becomesNode],
  depends: {
    en: 'Error if images cannot be unpacked, warning for a file system in memory.',
    zh: '无法解包镜像时为错误；内存文件系统为警告。',
  },
  title: { en: 'File system of /var/lib supports overlay', zh: '/var/lib 的文件系统支持 overlay' },
  reason: {
    en: 'Images are overlay layers, which the kernel does not support on network and FAT file systems.',
    zh: '镜像以 overlay 分层，内核不支持在网络或 FAT 文件系统上使用 overlay。',
  },
  needed: { en: 'ext4, xfs, btrfs or zfs on a disk', zh: '磁盘上的 ext4、xfs、btrfs 或 zfs' },
  remedy: { en: 'Mount a disk at /var/lib', zh: '将磁盘挂载到 /var/lib' },
  command: '',
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
