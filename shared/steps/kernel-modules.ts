import { defineStep } from './definition.ts';

export const kernelModules = defineStep({
  id: 'kernel-modules',
  title: { en: 'Load overlay and br_netfilter', zh: '加载 overlay 和 br_netfilter' },
  activity: { en: 'loading kernel modules', zh: '加载内核模块' },
  bootstrap: 'all',
  part: 'prepare',
});
