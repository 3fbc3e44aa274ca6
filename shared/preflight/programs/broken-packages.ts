import { type Check, notLooked, ok, warning } from '../check.ts';

export const brokenPackages: Check = {
  id: 'broken-packages',
  group: 'programs',
  level: 'warning',
  title: { en: 'No package is half-installed', zh: '没有未完整安装的软件包' },
  reason: {
    en: 'apt installs nothing else until these packages are complete.',
    zh: '在这些软件包完整安装之前，apt 不会安装其他软件包。',
  },
  needed: { en: 'all packages configured', zh: '所有软件包均已配置' },
  remedy: { en: 'Complete the installation', zh: '完成安装' },
  command: 'sudo apt-get install -y --fix-broken',
  judge({ facts: { software } }) {
    if (software.brokenPackages === null) return notLooked;
    const list = software.brokenPackages.join(', ');
    return list === ''
      ? ok({ en: 'all packages configured', zh: '所有软件包均已配置' })
      : warning({ en: `half-installed: ${list}`, zh: `未完整安装：${list}` });
  },
};
