import { defineStep } from './definition.ts';

/** Only one is enabled, because several daemons would compete for the clock; none is installed. */
const units = ['chrony', 'chronyd', 'systemd-timesyncd', 'ntpsec', 'ntp', 'openntpd'].map((name) => `${name}.service`);

export const timeDaemon = defineStep({
  id: 'time-daemon',
  title: { en: 'Enable the installed time daemon', zh: '启用已安装的时间同步服务' },
  activity: { en: 'enabling the time daemon', zh: '启用时间同步服务' },
  bootstrap: 'all',
  part: 'prepare',
  changes: () => [{ kind: 'time-daemon', units }],
});
