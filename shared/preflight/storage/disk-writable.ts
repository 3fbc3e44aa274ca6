import { type Check, error, notLooked, ok } from '../check.ts';

export const diskWritable: Check = {
  id: 'disk-writable',
  group: 'storage',
  level: 'error',
  title: { en: 'File systems are writable', zh: '文件系统可写' },
  reason: {
    en: 'The kernel remounts a file system read-only when its disk fails; nothing can be installed on it.',
    zh: '磁盘故障时内核会将文件系统重新挂载为只读，无法安装任何内容。',
  },
  needed: { en: '/, /var/lib and /etc mounted read-write', zh: '/、/var/lib 与 /etc 以读写方式挂载' },
  remedy: {
    en: 'Check the disk (sudo dmesg --level=err,warn | tail), then remount read-write',
    zh: '检查磁盘（sudo dmesg --level=err,warn | tail），然后以读写方式重新挂载',
  },
  command: 'for mount in {mounts}; do sudo mount -o remount,rw "$mount"; done',
  judge({ facts: { storage } }) {
    if (storage.mounts === null) return notLooked;
    const closed = storage.mounts.filter(({ options }) => options.includes('ro')).map(({ mount }) => mount);
    const list = storage.mounts.map(({ mount }) => mount).join(', ');
    if (closed.length === 0) return ok({ en: `read-write: ${list}`, zh: `读写：${list}` });
    return error(
      { en: `read-only: ${closed.join(', ')}`, zh: `只读：${closed.join('、')}` },
      { values: { mounts: closed } },
    );
  },
};
