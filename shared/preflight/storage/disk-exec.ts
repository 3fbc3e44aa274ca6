import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';

export const diskExec: Check = {
  id: 'disk-exec',
  group: 'storage',
  level: 'error',
  guards: ['images', ...becomesNode],
  title: { en: '/var/lib is mounted without noexec and nodev', zh: '/var/lib 挂载时未使用 noexec 与 nodev' },
  reason: {
    en: 'Containers run from it: with noexec every container fails with "permission denied".',
    zh: '容器从该目录运行：使用 noexec 时所有容器都会以 “permission denied” 失败。',
  },
  needed: { en: 'mount options without noexec and nodev', zh: '挂载选项中没有 noexec 与 nodev' },
  remedy: {
    en: 'Remove noexec and nodev from /etc/fstab and remount',
    zh: '从 /etc/fstab 中删除 noexec 与 nodev 并重新挂载',
  },
  command: 'sudo mount -o remount,exec,dev {mount}',
  judge({ facts: { storage } }) {
    const holder = storage.mounts
      ?.filter(({ mount }) => '/var/lib'.startsWith(mount))
      .sort((a, b) => b.mount.length - a.mount.length)[0];
    if (holder === undefined) return notLooked;
    const wrong = holder.options.filter((option) => option === 'noexec' || option === 'nodev');
    if (wrong.length === 0) return ok(verbatim(`${holder.mount}: ${holder.options.join(',')}`));
    return error(verbatim(`${holder.mount}: ${wrong.join(', ')}`), {
      values: { mount: holder.mount },
    });
  },
};
