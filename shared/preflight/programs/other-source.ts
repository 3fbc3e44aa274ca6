import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const otherSource: Check = {
  id: 'other-source',
  group: 'programs',
  level: 'warning',
  title: { en: 'Kubernetes packages have one source', zh: 'Kubernetes 软件包只有一个来源' },
  reason: {
    en: 'apt fails if two files name one repository with different keys, and picks the newest version of several sources.',
    zh: '两个文件以不同密钥指向同一仓库时 apt 会失败；存在多个来源时会选用最新版本。',
  },
  needed: { en: 'only the source in the plan', zh: '仅使用计划中的来源' },
  remedy: {
    en: 'Remove the other sources; muster comments out entries for the planned repository',
    zh: '删除其他来源；muster 会注释掉指向计划仓库的条目',
  },
  command: 'sudo rm {files}',
  judge({ facts: { software } }) {
    if (software.otherSources === null) return notLooked;
    const files = software.otherSources;
    return files.length === 0
      ? ok({ en: 'no other source in /etc/apt', zh: '/etc/apt 中没有其他来源' })
      : warning(verbatim(files.join(' ')), { values: { files } });
  },
};
