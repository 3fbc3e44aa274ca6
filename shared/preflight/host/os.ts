import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

const supported: Record<string, readonly string[]> = {
  debian: ['11', '12', '13'],
  ubuntu: ['18.04', '20.04', '22.04', '24.04'],
};

export const os: Check = {
  id: 'os',
  group: 'host',
  level: 'error',
  title: { en: 'Operating system is supported', zh: '操作系统受支持' },
  reason: {
    en: 'Packages, units and files are named as on these systems; on another one the installation would fail halfway.',
    zh: '软件包、单元和文件均按这些系统命名；在其他系统上，安装会中途失败。',
  },
  needed: {
    en: 'Debian 11 to 13, or Ubuntu 18.04, 20.04, 22.04 or 24.04',
    zh: 'Debian 11 至 13，或 Ubuntu 18.04、20.04、22.04、24.04',
  },
  remedy: {
    en: 'Install a supported system, then run the install command again',
    zh: '安装受支持的系统，然后重新运行安装命令',
  },
  command: '',
  judge({ facts }) {
    const { id, versionId, prettyName } = facts.os;
    if (id === '') return unknown({ en: '/etc/os-release could not be read', zh: '无法读取 /etc/os-release' });
    return supported[id]?.includes(versionId) === true ? ok(verbatim(prettyName)) : error(verbatim(prettyName));
  },
};
