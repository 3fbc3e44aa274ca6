import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';

export const diskExec: Check = {
  id: 'disk-exec',
  group: 'storage',
  level: 'error',
  title: { en: 'Programs can run from /var/lib', zh: '/var/lib 中的程序可以执行' },
  reason: {
    en: 'Containers run from there: mounted noexec, every one of them ends with "permission denied".',
    zh: '容器从该处运行；以 noexec 挂载时都会报 “permission denied”。',
  },
  needed: { en: 'mounted without noexec and nodev', zh: '挂载时不带 noexec 与 nodev' },
  remedy: {
    en: 'Take noexec and nodev out of its line in /etc/fstab and mount it again',
    zh: '从 /etc/fstab 中去掉 noexec 与 nodev 后重新挂载',
  },
  command: 'sudo mount -o remount,exec,dev /var/lib',
  judge({ facts: { storage } }) {
    const holder = storage.mounts
      ?.filter(({ mount }) => '/var/lib'.startsWith(mount))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
    if (holder === undefined) return notLooked;
    const wrong = holder.options.filter((option) => option === 'noexec' || option === 'nodev');
    if (wrong.length === 0) return ok(verbatim(holder.mount));
    return error(verbatim(`${holder.mount}: ${wrong.join(', ')}`), {
      command: `sudo mount -o remount,exec,dev ${holder.mount}`,
    });
  },
};
