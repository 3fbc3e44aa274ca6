import { defineStep } from './definition.ts';

export const selinux = defineStep({
  id: 'selinux',
  title: { en: 'Configure SELinux for containers', zh: '为容器配置 SELinux' },
  activity: { en: 'configuring SELinux', zh: '配置 SELinux' },
  bootstrap: 'all',
  part: 'prepare',
});
