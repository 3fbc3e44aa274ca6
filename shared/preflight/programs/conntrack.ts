import { type Check, notLooked, ok, warning } from '../check.ts';

export const conntrack: Check = {
  id: 'conntrack',
  group: 'programs',
  level: 'warning',
  title: { en: 'conntrack is installed', zh: 'conntrack 已安装' },
  reason: {
    en: 'kube-proxy uses it to clear stale connections; kubeadm refuses a host without it.',
    zh: 'kube-proxy 用它清理失效连接；缺少时 kubeadm 会拒绝该主机。',
  },
  needed: { en: 'the program conntrack', zh: 'conntrack 程序' },
  remedy: { en: 'Install conntrack', zh: '安装 conntrack' },
  command: ({ install }, { conntrack }) => `sudo ${install([conntrack])}`,
  step: 'packages',
  judge({ facts: { software } }) {
    if (software.programs === null) return notLooked;
    return software.programs.conntrack === true
      ? ok({ en: 'conntrack found', zh: '已找到 conntrack' })
      : warning({ en: 'conntrack not found', zh: '未找到 conntrack' });
  },
};
