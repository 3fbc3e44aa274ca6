import { type Check, notLooked, ok, warning } from '../check.ts';

export const dpkgInterrupted: Check = {
  id: 'dpkg-interrupted',
  group: 'programs',
  level: 'warning',
  title: { en: 'No dpkg run was interrupted', zh: '没有中断的 dpkg 操作' },
  reason: {
    en: 'After a power failure apt refuses every operation until dpkg has finished the interrupted one.',
    zh: '断电后，在 dpkg 完成中断的操作之前，apt 会拒绝所有操作。',
  },
  needed: { en: 'no interrupted operation in dpkg’s journal', zh: 'dpkg 日志中没有中断的操作' },
  remedy: { en: 'Finish the interrupted operation', zh: '完成中断的操作' },
  command: 'sudo dpkg --configure -a',
  step: 'packages',
  judge({ facts: { software } }) {
    if (software.packagesInterrupted === null) return notLooked;
    return software.packagesInterrupted
      ? warning({ en: 'dpkg was interrupted', zh: 'dpkg 曾被中断' })
      : ok({ en: 'no interrupted operation', zh: '没有中断的操作' });
  },
};
