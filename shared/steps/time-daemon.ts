import { defineStep } from './definition.ts';

/** Two of them would both set the clock: none is installed, and only one is enabled. */
const units = ['chrony', 'chronyd', 'systemd-timesyncd', 'ntpsec', 'ntp', 'openntpd'].map((name) => `${name}.service`);

export const timeDaemon = defineStep({
  id: 'time-daemon',
  title: { en: 'Enable the installed time daemon', zh: '启用已安装的时间同步服务' },
  activity: { en: 'enabling the time daemon', zh: '启用时间同步服务' },
  bootstrap: 'all',
  part: 'prepare',
  changes: () => [{ kind: 'time-daemon', units }],
});
