import { type Check, error, notLooked, ok } from '../check.ts';

export const diskWritable: Check = {
  id: 'disk-writable',
  group: 'storage',
  level: 'error',
  title: { en: 'Disks can be written', zh: '磁盘可写' },
  reason: {
    en: 'The kernel makes a file system read-only when its disk fails; nothing can be installed or joined on it.',
    zh: '磁盘故障时内核会将文件系统改为只读，无法安装或加入集群。',
  },
  needed: { en: '/, /var/lib and /etc mounted read-write', zh: '/、/var/lib 与 /etc 以读写方式挂载' },
  remedy: {
    en: 'Find out why (a failing disk?), then mount it read-write',
    zh: '查明原因（磁盘故障？），然后以读写方式重新挂载',
  },
  command: 'sudo dmesg --level=err,warn | tail -20; sudo mount -o remount,rw /',
  judge({ facts: { storage } }) {
    if (storage.mounts === null) return notLooked;
    const closed = storage.mounts.filter(({ options }) => options.includes('ro')).map(({ mount }) => mount);
    if (closed.length === 0) return ok({ en: 'read-write', zh: '可读写' });
    return error({ en: `read-only: ${closed.join(', ')}`, zh: `只读：${closed.join('、')}` });
  },
};
