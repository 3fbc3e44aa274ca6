import { gibibyte, inGiB } from '../amounts.ts';
import { becomesNode, type Check, error, ok, unknown, warning } from '../check.ts';

/** Space for a node's packages and images; with less, the installation fails. */
const least = 2 * gibibyte;
/** Keeps the kubelet from deleting images and evicting pods. */
const advised = 10 * gibibyte;

export const diskSpace: Check = {
  id: 'disk-space',
  group: 'storage',
  level: 'error',
  guards: ['packages', 'images', ...becomesNode],
  depends: {
    en: 'Error below 2 GiB before the host becomes a node; warning below 10 GiB, and always on an existing node.',
    zh: '成为节点之前低于 2 GiB 为错误；低于 10 GiB 为警告；现有节点一律为警告。',
  },
  title: { en: 'Free disk space is sufficient', zh: '可用磁盘空间充足' },
  reason: {
    en: 'Packages and images take about 2 GiB, and the kubelet evicts pods when the disk is nearly full.',
    zh: '软件包和镜像约占 2 GiB；磁盘将满时 kubelet 会驱逐 Pod。',
  },
  needed: {
    en: '10 GiB free on the file system of /var/lib, at least 2 GiB',
    zh: '/var/lib 所在文件系统剩余 10 GiB，至少 2 GiB',
  },
  remedy: {
    en: 'Free space (sudo du -xh --max-depth=3 /var | sort -h | tail), or enlarge the disk',
    zh: '清理空间（sudo du -xh --max-depth=3 /var | sort -h | tail），或扩容磁盘',
  },
  command: '',
  judge({ facts, owns }) {
    // The longest mount point above /var/lib holds the images.
    const holder = facts.disks
      .filter(({ mount }) => mount === '/' || '/var/lib'.startsWith(mount))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
    if (holder === undefined)
      return unknown({ en: 'file system of /var/lib could not be read', zh: '无法读取 /var/lib 所在文件系统' });
    const free = inGiB(holder.freeBytes);
    const seen = { en: `${free} free on ${holder.mount}`, zh: `${holder.mount} 剩余 ${free}` };
    if (holder.freeBytes >= advised) return ok(seen);
    // An existing node already has its packages and images.
    return holder.freeBytes >= least || owns ? warning(seen) : error(seen);
  },
};
