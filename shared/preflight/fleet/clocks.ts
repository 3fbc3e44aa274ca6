import { type Check, notLooked, ok, warning } from '../check.ts';
import type { FleetKnown } from './known.ts';

/** What etcd and leases tolerate, in seconds. */
const most = 5;

export const clocks: Check<FleetKnown> = {
  id: 'clocks',
  group: 'fleet',
  level: 'warning',
  title: { en: 'Clocks of all hosts agree', zh: '各主机时钟一致' },
  reason: {
    en: 'A certificate made on one host is not yet valid on a host whose clock is behind, and logs cannot be ordered.',
    zh: '在一台主机上签发的证书，在时钟落后的主机上尚未生效；日志也无法排序。',
  },
  needed: { en: `within ${most} s of the other hosts`, zh: `与其他主机相差不超过 ${most} 秒` },
  remedy: { en: 'Start a time daemon on this host', zh: '在该主机上启动时间同步服务' },
  command: 'sudo systemctl enable --now systemd-timesyncd',
  judge({ member, fleet }) {
    if (member.clockSkewMs === null || fleet.usualSkewMs === null) return notLooked;
    const apart = (member.clockSkewMs - fleet.usualSkewMs) / 1000;
    const seconds = Math.abs(apart).toFixed(1);
    const seen =
      apart > 0
        ? { en: `${seconds} s ahead of the other hosts`, zh: `比其他主机快 ${seconds} 秒` }
        : { en: `${seconds} s behind the other hosts`, zh: `比其他主机慢 ${seconds} 秒` };
    return Math.abs(apart) <= most ? ok(seen) : warning(seen);
  },
};
