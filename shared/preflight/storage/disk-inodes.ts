import { becomesNode, type Check, error, notLooked, ok, warning } from '../check.ts';

/** Minimum; images contain tens of thousands of small files. */
const least = 100_000;

export const diskInodes: Check = {
  id: 'disk-inodes',
  group: 'storage',
  level: 'error',
  guards: ['packages', 'images', ...becomesNode],
  depends: { en: `Error below ${least / 10} free inodes.`, zh: `空闲 inode 少于 ${least / 10} 个时为错误。` },
  title: { en: 'Free inodes are sufficient', zh: '空闲 inode 充足' },
  reason: {
    en: 'Images unpack to tens of thousands of files; without inodes the disk is "full" despite free space.',
    zh: '镜像会解包出数万个文件；inode 耗尽时，磁盘虽有空间也会报“已满”。',
  },
  needed: {
    en: `at least ${least} free inodes on the file system of /var/lib`,
    zh: `/var/lib 所在文件系统至少有 ${least} 个空闲 inode`,
  },
  remedy: {
    en: 'Delete files that are not needed (sudo du --inodes -x --max-depth=3 /var | sort -n | tail)',
    zh: '删除不需要的文件（sudo du --inodes -x --max-depth=3 /var | sort -n | tail）',
  },
  command: '',
  judge({ facts: { storage } }) {
    if (storage.inodes === null) return notLooked;
    const { free, all } = storage.inodes;
    // btrfs and others allocate inodes on demand.
    if (all === 0) return ok({ en: 'file system without an inode limit', zh: '文件系统没有 inode 数量限制' });
    const seen = { en: `${free} free of ${all}`, zh: `共 ${all} 个，空闲 ${free} 个` };
    if (free >= least) return ok(seen);
    return free < least / 10 ? error(seen) : warning(seen);
  },
};
