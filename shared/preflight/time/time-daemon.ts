import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, unknown, warning } from '../check.ts';

const daemons = ['systemd-timesyncd', 'chrony', 'ntp', 'ntpsec', 'openntpd'];

export const timeDaemon: Check = {
  id: 'time-daemon',
  group: 'time',
  level: 'warning',
  title: { en: 'A time daemon runs', zh: '时间同步服务正在运行' },
  reason: {
    en: 'Clocks drift by seconds a day; certificates, leases and etcd’s elections don’t bear it.',
    zh: '时钟每天会漂移数秒，证书、租约与 etcd 选举都无法承受。',
  },
  needed: { en: `one of ${daemons.join(', ')}`, zh: `${daemons.join('、')} 之一` },
  remedy: { en: 'Install and start one', zh: '安装并启动其中之一' },
  command: 'sudo apt-get install systemd-timesyncd && sudo timedatectl set-ntp true',
  step: 'time-daemon',
  judge({ facts: { machine } }) {
    if (machine.container) {
      const seen = {
        en: `the clock belongs to the host of this ${machine.container} container`,
        zh: `时钟属于该 ${machine.container} 容器的宿主机`,
      };
      return unknown(seen, { step: null });
    }
    if (machine.units === null) return notLooked;
    const running = daemons.filter((name) => machine.units?.[name]?.active === true);
    if (running.length > 0) return ok(verbatim(running.join(', ')));
    const states = daemons.map((name) => machine.units?.[name]?.state ?? '');
    // One that is enabled and does not run has a reason that only its journal tells.
    const idle = !states.includes('enabled') && states.some((state) => state !== '' && state !== 'masked');
    return warning({ en: 'none runs', zh: '均未运行' }, idle ? {} : { step: null });
  },
};
