import { type Check, notLooked, ok, warning } from '../check.ts';

export const rebootRequired: Check = {
  id: 'reboot-required',
  group: 'host',
  level: 'warning',
  title: { en: 'No reboot is pending', zh: '没有待执行的重启' },
  reason: {
    en: 'After an upgrade, modules of the running kernel may be missing; a reboot is cheaper before the host runs pods.',
    zh: '升级后，正在运行的内核的模块可能已被删除；在主机运行 Pod 之前重启，代价更小。',
  },
  needed: { en: '/run/reboot-required does not exist', zh: '/run/reboot-required 不存在' },
  remedy: { en: 'Reboot the host; muster continues afterwards', zh: '重启主机；muster 随后继续' },
  command: 'sudo systemctl reboot',
  cases: { node: { remedy: { en: 'Drain the node, then reboot it', zh: '先腾空节点，再重启' } } },
  judge({ facts: { machine }, owns }) {
    if (machine.rebootRequired === null) return notLooked;
    if (!machine.rebootRequired)
      return ok({ en: '/run/reboot-required does not exist', zh: '/run/reboot-required 不存在' });
    return warning(
      { en: '/run/reboot-required exists', zh: '/run/reboot-required 存在' },
      owns ? { case: 'node' } : {},
    );
  },
};
