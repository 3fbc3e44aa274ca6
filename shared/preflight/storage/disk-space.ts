import { gibibyte, inGiB } from '../amounts.ts';
import { type Check, error, ok, unknown, warning } from '../check.ts';

/** A node's packages and images take about 2 GiB: with less, the installation itself breaks off half-way. */
const least = 2 * gibibyte;
/** The kubelet starts to delete images and evict pods when the disk is nearly full: 10 GiB leave room to work. */
const advised = 10 * gibibyte;

export const diskSpace: Check = {
  id: 'disk-space',
  group: 'storage',
  level: 'error',
  depends: {
    en: 'Error below 2 GiB before the host is a node; warning below 10 GiB, and always on a node that stands.',
    zh: '成为节点之前低于 2 GiB 为错误；低于 10 GiB 为警告；已建成的节点一律为警告。',
  },
  title: { en: 'Enough free disk space', zh: '磁盘空间足够' },
  reason: {
    en: 'Packages and images take about 2 GiB, and the kubelet evicts pods when the disk is nearly full.',
    zh: '软件包和镜像约占 2 GiB；磁盘将满时 kubelet 会驱逐 Pod。',
  },
  needed: {
    en: '10 GiB free below /var/lib, 2 GiB at the very least',
    zh: '/var/lib 所在文件系统剩余 10 GiB，最少 2 GiB',
  },
  remedy: { en: 'See what takes the space, or make the disk larger', zh: '查看是什么占用了空间，或扩容磁盘' },
  command: 'sudo du -xh --max-depth=3 /var | sort -h | tail',
  judge({ facts, owns }) {
    // The longest mount above /var/lib holds the images.
    const holder = facts.disks
      .filter(({ mount }) => mount === '/' || '/var/lib'.startsWith(mount))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
    if (holder === undefined)
      return unknown({ en: 'the file system of /var/lib could not be read', zh: '无法读取 /var/lib 所在文件系统' });
    const free = inGiB(holder.freeBytes);
    const seen = { en: `${free} free on ${holder.mount}`, zh: `${holder.mount} 剩余 ${free}` };
    if (holder.freeBytes >= advised) return ok(seen);
    // A node that stands has its packages and images already.
    return holder.freeBytes >= least || owns ? warning(seen) : error(seen);
  },
};
