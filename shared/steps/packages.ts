import { defineStep } from './definition.ts';

export const packages = defineStep({
  id: 'packages',
  title: {
    en: 'Install and hold the runtime, kubeadm, kubelet and kubectl',
    zh: '安装并锁定运行时、kubeadm、kubelet 和 kubectl',
  },
  activity: { en: 'installing packages', zh: '安装软件包' },
  bootstrap: 'all',
  part: 'packages',
  installs: true,
  long: true,
});
