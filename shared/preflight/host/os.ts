import { isSupportedSystem, supportedSystems } from '../../systems.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok, unknown } from '../check.ts';

export const os: Check = {
  id: 'os',
  group: 'host',
  level: 'error',
  title: { en: 'Operating system is supported', zh: '操作系统受支持' },
  reason: {
    en: 'Packages, units and files are named as on these systems; on another one the installation would fail halfway.',
    zh: '软件包、单元和文件均按这些系统命名；在其他系统上，安装会中途失败。',
  },
  needed: supportedSystems,
  remedy: {
    en: 'Install a supported system, then run the install command again',
    zh: '安装受支持的系统，然后重新运行安装命令',
  },
  command: '',
  judge({ facts }) {
    const { id, prettyName } = facts.os;
    if (id === '') return unknown({ en: '/etc/os-release could not be read', zh: '无法读取 /etc/os-release' });
    return isSupportedSystem(facts.os) ? ok(verbatim(prettyName)) : error(verbatim(prettyName));
  },
};
