import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

const daemons = ['systemd-timesyncd', 'chrony', 'ntp', 'ntpsec', 'openntpd'];

export const timeDaemons: Check = {
  id: 'time-daemons',
  group: 'time',
  level: 'warning',
  title: { en: 'Time daemons don’t fight', zh: '时间同步服务互不冲突' },
  reason: {
    en: 'Two of them pull the clock to and fro, and it never settles.',
    zh: '两个服务会来回拉扯时钟，使其无法稳定。',
  },
  needed: { en: 'one at the most', zh: '至多一个' },
  remedy: { en: 'Switch one of them off', zh: '停用其中之一' },
  command: 'sudo systemctl disable --now systemd-timesyncd',
  judge({ facts: { machine } }) {
    if (machine.units === null) return notLooked;
    const running = daemons.filter((name) => machine.units?.[name]?.active === true);
    const seen = running.length === 0 ? { en: 'none runs', zh: '均未运行' } : verbatim(running.join(', '));
    return running.length > 1 ? warning(seen) : ok(seen);
  },
};
