import { type Check, notLooked, ok, warning } from '../check.ts';

export const rebootRequired: Check = {
  id: 'reboot-required',
  group: 'host',
  level: 'warning',
  title: { en: 'No reboot is due', zh: '无待执行的重启' },
  reason: {
    en: 'The running kernel’s modules may be gone after an upgrade, and a reboot now costs less than one of a node with pods.',
    zh: '升级后，正在运行的内核的模块可能已被删除；现在重启的代价小于节点运行 Pod 之后再重启。',
  },
  needed: { en: 'the system runs what is installed', zh: '系统运行的即为已安装的版本' },
  remedy: { en: 'Reboot; muster goes on by itself afterwards', zh: '重启；之后 muster 会自动继续' },
  command: 'sudo systemctl reboot',
  judge({ facts: { machine }, owns }) {
    if (machine.rebootRequired === null) return notLooked;
    if (!machine.rebootRequired) return ok({ en: 'none', zh: '无' });
    const drain = { en: 'Drain the node, then reboot it', zh: '先排空节点，再重启' };
    return warning(
      { en: '/run/reboot-required is there', zh: '存在 /run/reboot-required' },
      owns ? { remedy: drain } : {},
    );
  },
};
