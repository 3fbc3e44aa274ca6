import { type Check, notLooked, ok, unknown, warning } from '../check.ts';

const daemons = ['systemd-timesyncd', 'chrony', 'ntp', 'ntpsec', 'openntpd'];

export const timeDaemon: Check = {
  id: 'time-daemon',
  group: 'time',
  level: 'warning',
  title: { en: 'A time daemon is running', zh: '时间同步服务正在运行' },
  reason: {
    en: 'Clocks drift by seconds per day; certificates, leases and etcd elections do not tolerate that.',
    zh: '时钟每天会漂移数秒；证书、租约与 etcd 选举无法容忍。',
  },
  needed: { en: `one of ${daemons.join(', ')}`, zh: `${daemons.join('、')} 之一` },
  remedy: { en: 'Install and start a time daemon', zh: '安装并启动时间同步服务' },
  command: ({ install }) => `sudo ${install(['systemd-timesyncd'])}`,
  cases: { installed: { command: 'sudo systemctl enable --now {unit}' } },
  step: 'time-daemon',
  judge({ facts: { machine } }) {
    if (machine.container) {
      const seen = {
        en: `${machine.container} container; its host sets the clock`,
        zh: `${machine.container} 容器；时钟由宿主机设置`,
      };
      return unknown(seen, { step: null });
    }
    if (machine.units === null) return notLooked;
    const running = daemons.filter((name) => machine.units?.[name]?.active === true);
    if (running.length > 0) return ok({ en: `running: ${running.join(', ')}`, zh: `正在运行：${running.join('、')}` });
    const states = daemons.map((name) => machine.units?.[name]?.state ?? '');
    // An enabled daemon that is not running has failed; its journal says why.
    const idle = !states.includes('enabled') && states.some((state) => state !== '' && state !== 'masked');
    const installed = daemons.find((name) => ['enabled', 'disabled'].includes(machine.units?.[name]?.state ?? ''));
    const seen = { en: 'no time daemon is running', zh: '没有时间同步服务在运行' };
    const start = installed === undefined ? {} : { case: 'installed', values: { unit: installed } };
    return warning(seen, idle ? start : { ...start, step: null });
  },
};
