import { defineStep } from './definition.ts';

export const serviceLimits = defineStep({
  id: 'service-limits',
  title: {
    en: 'Raise the open-file limit of the runtime and the kubelet',
    zh: '提高运行时和 kubelet 的打开文件数限制',
  },
  activity: { en: 'raising open-file limits', zh: '提高打开文件数限制' },
  bootstrap: 'all',
  part: 'prepare',
});
