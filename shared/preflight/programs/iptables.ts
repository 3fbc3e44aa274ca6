import { type Check, notLooked, ok, warning } from '../check.ts';

export const iptables: Check = {
  id: 'iptables',
  group: 'programs',
  level: 'warning',
  title: { en: 'iptables is installed', zh: 'iptables 已安装' },
  reason: {
    en: 'The kubelet and kube-proxy use it to write the rules of pods and Services.',
    zh: 'kubelet 与 kube-proxy 用它写入 Pod 和 Service 的规则。',
  },
  needed: { en: 'the program iptables', zh: 'iptables 程序' },
  remedy: { en: 'Install iptables', zh: '安装 iptables' },
  command: ({ install }, { iptables }) => `sudo ${install([iptables])}`,
  step: 'packages',
  judge({ facts: { software } }) {
    if (software.programs === null) return notLooked;
    return software.programs.iptables === true
      ? ok({ en: 'iptables found', zh: '已找到 iptables' })
      : warning({ en: 'iptables not found', zh: '未找到 iptables' });
  },
};
