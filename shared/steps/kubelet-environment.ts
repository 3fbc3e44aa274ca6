import { defineStep } from './definition.ts';

export const kubeletEnvironment = defineStep({
  id: 'kubelet-environment',
  title: { en: 'Configure the kubelet’s environment', zh: '配置 kubelet 的环境变量' },
  activity: { en: 'configuring the kubelet', zh: '配置 kubelet' },
  bootstrap: 'all',
  part: 'prepare',
});
