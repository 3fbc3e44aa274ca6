import { type Check, notLooked, ok, warning } from '../check.ts';

export const apparmorParser: Check = {
  id: 'apparmor-parser',
  group: 'programs',
  level: 'warning',
  title: { en: 'AppArmor’s parser is there where the kernel uses it', zh: '内核启用 AppArmor 时已安装其解析器' },
  reason: {
    en: 'containerd gives each container a profile and fails with "apparmor_parser: executable file not found".',
    zh: 'containerd 会为每个容器加载配置，缺少时报 “apparmor_parser: executable file not found”。',
  },
  needed: { en: 'the package apparmor, or AppArmor off', zh: '安装 apparmor 软件包，或关闭 AppArmor' },
  remedy: { en: 'Install it', zh: '安装它' },
  command: 'sudo apt-get install apparmor',
  judge({ facts: { machine, software } }) {
    if (machine.appArmor === null || software.programs === null) return notLooked;
    if (!machine.appArmor) return ok({ en: 'the kernel does not use AppArmor', zh: '内核未启用 AppArmor' });
    const there = software.programs.apparmor_parser === true;
    return there
      ? ok({ en: 'it is', zh: '已安装' })
      : warning({ en: 'AppArmor is on, its parser is missing', zh: 'AppArmor 已启用，但缺少解析器' });
  },
};
