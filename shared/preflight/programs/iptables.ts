import { type Check, notLooked, ok, warning } from '../check.ts';

export const iptables: Check = {
  id: 'iptables',
  group: 'programs',
  level: 'warning',
  title: { en: 'iptables is installed', zh: '已安装 iptables' },
  reason: {
    en: 'The kubelet and the runtime write the rules of pods and services with it.',
    zh: 'kubelet 与运行时用它写入 Pod 和 Service 的规则。',
  },
  needed: { en: 'the program iptables', zh: 'iptables 程序' },
  remedy: { en: 'Install it; the kubelet’s package brings it along', zh: '安装它；kubelet 软件包会附带安装' },
  command: 'sudo apt-get install iptables',
  step: 'packages',
  judge({ facts: { software } }) {
    if (software.programs === null) return notLooked;
    return software.programs.iptables === true
      ? ok({ en: 'it is', zh: '已安装' })
      : warning({ en: 'it is not', zh: '未安装' });
  },
};
