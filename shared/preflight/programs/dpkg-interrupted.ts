import { type Check, notLooked, ok, warning } from '../check.ts';

export const dpkgInterrupted: Check = {
  id: 'dpkg-interrupted',
  group: 'programs',
  level: 'warning',
  title: { en: 'No installation was cut short', zh: '没有中断的安装' },
  reason: {
    en: 'After a power cut apt refuses everything until dpkg has been told to finish.',
    zh: '断电后，在 dpkg 收尾之前 apt 会拒绝一切操作。',
  },
  needed: { en: 'an empty journal of dpkg', zh: 'dpkg 没有未完成的记录' },
  remedy: { en: 'Let dpkg finish', zh: '让 dpkg 完成收尾' },
  command: 'sudo dpkg --configure -a',
  step: 'packages',
  judge({ facts: { software } }) {
    if (software.packagesInterrupted === null) return notLooked;
    return software.packagesInterrupted
      ? warning({ en: 'dpkg was interrupted', zh: 'dpkg 曾被中断' })
      : ok({ en: 'none', zh: '无' });
  },
};
