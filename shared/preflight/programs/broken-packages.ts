import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const brokenPackages: Check = {
  id: 'broken-packages',
  group: 'programs',
  level: 'warning',
  title: { en: 'No package is half installed', zh: '没有未完整安装的软件包' },
  reason: { en: 'apt installs nothing else until they are whole.', zh: '在其完整之前，apt 不会安装其他软件包。' },
  needed: { en: 'every package configured', zh: '所有软件包均已配置' },
  remedy: { en: 'Let apt make them whole', zh: '让 apt 修复' },
  command: 'sudo apt-get install --fix-broken',
  judge({ facts: { software } }) {
    if (software.brokenPackages === null) return notLooked;
    const list = software.brokenPackages.join(', ');
    return list === '' ? ok({ en: 'none', zh: '无' }) : warning(verbatim(list));
  },
};
