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
  title: { en: 'Supported operating system', zh: '受支持的操作系统' },
  reason: {
    en: 'Packages, units and files are named as these systems name them; on another one the installation would break off half-way.',
    zh: '软件包、服务和文件均按这些系统的约定命名；在其他系统上安装会半途失败。',
  },
  needed: {
    en: 'Debian 11 to 13, or Ubuntu 18.04, 20.04, 22.04 or 24.04',
    zh: 'Debian 11 至 13，或 Ubuntu 18.04、20.04、22.04、24.04',
  },
  remedy: {
    en: 'Install one of these on the machine, then paste the line again',
    zh: '在该机器上安装其中之一，然后重新粘贴安装命令',
  },
  command: '',
  judge({ facts }) {
    const { id, versionId, prettyName } = facts.os;
    if (id === '') return unknown({ en: '/etc/os-release could not be read', zh: '无法读取 /etc/os-release' });
    return supported[id]?.includes(versionId) === true ? ok(verbatim(prettyName)) : error(verbatim(prettyName));
  },
};
