import { type Check, notLooked, ok, warning } from '../check.ts';

export const apparmorParser: Check = {
  id: 'apparmor-parser',
  group: 'programs',
  level: 'warning',
  title: { en: 'AppArmor parser is installed', zh: 'AppArmor 解析器已安装' },
  reason: {
    en: 'containerd loads a profile for each container and fails with "apparmor_parser: executable file not found".',
    zh: 'containerd 会为每个容器加载配置文件；缺少解析器时报 “apparmor_parser: executable file not found”。',
  },
  needed: { en: 'the package apparmor if the kernel uses AppArmor', zh: '内核启用 AppArmor 时需要 apparmor 软件包' },
  remedy: { en: 'Install apparmor', zh: '安装 apparmor' },
  command: ({ install }) => `sudo ${install(['apparmor'])}`,
  judge({ facts: { machine, software } }) {
    if (machine.appArmor === null || software.programs === null) return notLooked;
    if (!machine.appArmor) return ok({ en: 'AppArmor is off', zh: 'AppArmor 未启用' });
    const there = software.programs.apparmor_parser === true;
    return there
      ? ok({ en: 'AppArmor is on, apparmor_parser is installed', zh: 'AppArmor 已启用，apparmor_parser 已安装' })
      : warning({
          en: 'AppArmor is on, apparmor_parser is not installed',
          zh: 'AppArmor 已启用，但未安装 apparmor_parser',
        });
  },
};
