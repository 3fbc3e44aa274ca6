import { defineStep } from './definition.ts';

export const proxy = defineStep({
  id: 'proxy',
  title: { en: 'Configure the proxy of the runtime and the kubelet', zh: '为运行时和 kubelet 配置代理' },
  activity: { en: 'configuring the proxy', zh: '配置代理' },
  bootstrap: 'all',
  part: 'prepare',
});
