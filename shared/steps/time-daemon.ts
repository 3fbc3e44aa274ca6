import { defineStep } from './definition.ts';

export const timeDaemon = defineStep({
  id: 'time-daemon',
  title: { en: 'Enable the installed time daemon', zh: '启用已安装的时间同步服务' },
  activity: { en: 'enabling the time daemon', zh: '启用时间同步服务' },
  bootstrap: 'all',
  part: 'prepare',
});
