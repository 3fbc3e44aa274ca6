import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const otherSource: Check = {
  id: 'other-source',
  group: 'programs',
  level: 'warning',
  title: { en: 'Kubernetes’ packages have one source', zh: 'Kubernetes 软件包只有一个来源' },
  reason: {
    en: 'apt refuses to work where two files name one repository with different keys, and takes the newest version of several.',
    zh: '两个文件以不同密钥指向同一仓库时 apt 会拒绝工作；多个来源时会选用最新版本。',
  },
  needed: { en: 'only the source that the plan names', zh: '仅使用计划中的来源' },
  remedy: {
    en: 'muster comments out what names the planned repository, too; take any other away',
    zh: 'muster 会注释掉与计划相同的仓库；请删除其他来源',
  },
  command: 'grep -rl kubernetes /etc/apt/sources.list.d',
  judge({ facts: { software } }) {
    if (software.otherSources === null) return notLooked;
    const list = software.otherSources.join(' ');
    return list === ''
      ? ok({ en: 'no other', zh: '没有其他来源' })
      : warning(verbatim(list), { command: `sudo rm ${list}` });
  },
};
