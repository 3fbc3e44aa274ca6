import { type Check, notLooked, ok, warning } from '../check.ts';

export const conntrack: Check = {
  id: 'conntrack',
  group: 'programs',
  level: 'warning',
  title: { en: 'conntrack is installed', zh: '已安装 conntrack' },
  reason: {
    en: 'kube-proxy clears stale connections with it, and kubeadm refuses a host without it.',
    zh: 'kube-proxy 用它清理失效连接；缺少时 kubeadm 拒绝继续。',
  },
  needed: { en: 'the program conntrack', zh: 'conntrack 程序' },
  remedy: { en: 'Install it; the kubelet’s package brings it along', zh: '安装它；kubelet 软件包会附带安装' },
  command: 'sudo apt-get install conntrack',
  step: 'packages',
  judge({ facts: { software } }) {
    if (software.programs === null) return notLooked;
    return software.programs.conntrack === true
      ? ok({ en: 'it is', zh: '已安装' })
      : warning({ en: 'it is not', zh: '未安装' });
  },
};
