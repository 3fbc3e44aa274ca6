import { type Check, ok, unknown, warning } from '../check.ts';

export const timeSynchronised: Check = {
  id: 'time-synchronised',
  group: 'time',
  level: 'warning',
  title: { en: 'System clock is synchronised', zh: '系统时钟已同步' },
  reason: {
    en: 'A daemon that reaches no server leaves a wrong clock wrong.',
    zh: '无法连接服务器的时间同步服务不会校正错误的时钟。',
  },
  needed: { en: 'clock set by the time daemon since the last boot', zh: '自上次启动以来时间同步服务已校准时钟' },
  remedy: {
    en: 'Set a time server that this host can reach in /etc/systemd/timesyncd.conf',
    zh: '在 /etc/systemd/timesyncd.conf 中设置该主机可达的时间服务器',
  },
  command: '',
  judge({ facts: { machine } }) {
    if (machine.timeSynchronised === null)
      return unknown({
        en: 'could not be determined; only systemd-timesyncd records it',
        zh: '无法确定；只有 systemd-timesyncd 会记录',
      });
    return machine.timeSynchronised
      ? ok({ en: 'synchronised since the last boot', zh: '自上次启动以来已同步' })
      : warning({ en: 'not synchronised since the last boot', zh: '自上次启动以来未同步' });
  },
};
