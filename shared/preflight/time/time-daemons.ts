import { type Check, notLooked, ok, warning } from '../check.ts';

const daemons = ['systemd-timesyncd', 'chrony', 'ntp', 'ntpsec', 'openntpd'];

export const timeDaemons: Check = {
  id: 'time-daemons',
  group: 'time',
  level: 'warning',
  title: { en: 'At most one time daemon is running', zh: '最多一个时间同步服务在运行' },
  reason: {
    en: 'Two daemons adjust the clock against each other and it never settles.',
    zh: '两个服务会互相调整时钟，使其无法稳定。',
  },
  needed: { en: 'at most one', zh: '最多一个' },
  remedy: { en: 'Disable all but one', zh: '只保留一个，停用其余的' },
  command: 'sudo systemctl disable --now {units}',
  judge({ facts: { machine } }) {
    if (machine.units === null) return notLooked;
    const running = daemons.filter((name) => machine.units?.[name]?.active === true);
    const seen =
      running.length === 0
        ? { en: 'no time daemon is running', zh: '没有时间同步服务在运行' }
        : { en: `running: ${running.join(', ')}`, zh: `正在运行：${running.join('、')}` };
    return running.length > 1 ? warning(seen, { values: { units: running.slice(1) } }) : ok(seen);
  },
};
