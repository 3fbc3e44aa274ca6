import { type Check, notLooked, ok, warning } from '../check.ts';
import type { FleetKnown } from './known.ts';

/** What etcd and leases bear, in seconds. */
const most = 5;

export const clocks: Check<FleetKnown> = {
  id: 'clocks',
  group: 'fleet',
  level: 'warning',
  title: { en: 'The hosts’ clocks agree', zh: '各主机时钟一致' },
  reason: {
    en: 'Certificates that are made on one host are not valid yet on one that is behind, and logs can’t be put in order.',
    zh: '一台主机签发的证书在时钟落后的主机上尚未生效，日志也无法排序。',
  },
  needed: { en: `within ${most} s of the others`, zh: `与其他主机相差不超过 ${most} 秒` },
  remedy: { en: 'Start a time daemon on this host', zh: '在该主机上启动时间同步服务' },
  command: 'sudo timedatectl set-ntp true',
  judge({ member, fleet }) {
    if (member.clockSkewMs === null || fleet.usualSkewMs === null) return notLooked;
    const apart = (member.clockSkewMs - fleet.usualSkewMs) / 1000;
    const seconds = Math.abs(apart).toFixed(1);
    if (Math.abs(apart) <= most) return ok({ en: 'they do', zh: '一致' });
    return warning(
      apart > 0
        ? { en: `${seconds} s ahead`, zh: `快 ${seconds} 秒` }
        : { en: `${seconds} s behind`, zh: `慢 ${seconds} 秒` },
    );
  },
};
