import { defineStep } from './definition.ts';

export const runtimeConfig = defineStep({
  id: 'runtime-config',
  title: { en: 'Configure the container runtime', zh: '配置容器运行时' },
  activity: { en: 'configuring the container runtime', zh: '配置容器运行时' },
  bootstrap: 'all',
  part: 'runtime',
});
