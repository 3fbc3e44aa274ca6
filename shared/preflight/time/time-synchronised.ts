import { type Check, ok, unknown, warning } from '../check.ts';

export const timeSynchronised: Check = {
  id: 'time-synchronised',
  group: 'time',
  level: 'warning',
  title: { en: 'The clock is synchronised', zh: '时钟已同步' },
  reason: {
    en: 'A daemon that runs but reaches no server keeps a wrong clock wrong.',
    zh: '服务虽在运行但连不上服务器时，错误的时钟仍会保持错误。',
  },
  needed: { en: 'the time daemon has set the clock', zh: '时间服务已校准时钟' },
  remedy: {
    en: 'Name a time server that this host reaches in /etc/systemd/timesyncd.conf',
    zh: '在 /etc/systemd/timesyncd.conf 中填写本机可达的时间服务器',
  },
  command: 'timedatectl timesync-status',
  judge({ facts: { machine } }) {
    if (machine.timeSynchronised === null)
      return unknown({
        en: 'only systemd-timesyncd leaves a mark that can be read',
        zh: '只有 systemd-timesyncd 留有可读取的标记',
      });
    return machine.timeSynchronised
      ? ok({ en: 'it is', zh: '已同步' })
      : warning({ en: 'not since the last boot', zh: '自上次启动以来未同步' });
  },
};
