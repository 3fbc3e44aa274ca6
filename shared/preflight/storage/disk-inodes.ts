import { type Check, error, notLooked, ok, warning } from '../check.ts';

/** Images unpack to tens of thousands of small files. */
const least = 100_000;

export const diskInodes: Check = {
  id: 'disk-inodes',
  group: 'storage',
  level: 'error',
  depends: { en: 'Error where fewer than a tenth of that is left.', zh: '剩余不足该值的十分之一时为错误。' },
  title: { en: 'Enough free inodes', zh: 'inode 充足' },
  reason: {
    en: 'Images unpack to tens of thousands of files; without inodes the disk is "full" with space left.',
    zh: '镜像会解包出数万个文件；inode 用尽时磁盘虽有空间也会报“已满”。',
  },
  needed: { en: `${least} free below /var/lib`, zh: `/var/lib 剩余 ${least} 个` },
  remedy: { en: 'See which folder holds so many files', zh: '查看哪个目录文件过多' },
  command: 'sudo du --inodes -x --max-depth=3 /var | sort -n | tail',
  judge({ facts: { storage } }) {
    if (storage.inodes === null) return notLooked;
    const { free, all } = storage.inodes;
    // btrfs and others make them as they are needed.
    if (all === 0) return ok({ en: 'this file system has no limit', zh: '该文件系统无数量限制' });
    const seen = { en: `${free} free`, zh: `剩余 ${free} 个` };
    if (free >= least) return ok(seen);
    return free < least / 10 ? error(seen) : warning(seen);
  },
};
