import { hostFiles } from './content/files.ts';
import { leastSysctls, sysctls as values } from './content/kernel.ts';
import { defineStep } from './definition.ts';

export const sysctls = defineStep({
  id: 'sysctls',
  title: { en: 'Enable bridge netfilter and IPv4 forwarding', zh: '启用网桥流量过滤和 IPv4 转发' },
  activity: { en: 'setting sysctls', zh: '设置 sysctl' },
  bootstrap: 'all',
  part: 'prepare',
  needs: ['kernel-modules'],
  changes: () => [{ kind: 'sysctls', path: hostFiles.sysctls, values, atLeast: leastSysctls }],
});
