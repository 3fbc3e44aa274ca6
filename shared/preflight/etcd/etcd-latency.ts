import { type Check, notLooked, ok, warning } from '../check.ts';
import { caseOf, externalCase } from './external-case.ts';

/** Maxima of the 99th percentiles in ms, from etcd's FAQ ("What does the etcd warning … mean?"). */
const mostFsync = 10;
const mostCommit = 25;
/** A single member elects nobody, so that a slower disk costs speed only: up to etcd's heartbeat of 100 ms. */
const slackAlone = 10;

export const etcdLatency: Check = {
  id: 'etcd-latency',
  group: 'etcd',
  level: 'warning',
  depends: {
    en: 'Only on control planes with an etcd member or an external etcd.',
    zh: '仅针对运行 etcd 成员或使用外部 etcd 的控制平面。',
  },
  title: { en: 'etcd’s disk is fast enough', zh: 'etcd 的磁盘速度足够' },
  reason: {
    en: 'etcd syncs every change to disk; on a slow disk it loses its leader and the API server stops answering.',
    zh: 'etcd 会将每次变更同步到磁盘；磁盘过慢会丢失 leader，API 服务器停止应答。',
  },
  needed: {
    en: `99th percentile: sync of the log at most ${mostFsync} ms, commit at most ${mostCommit} ms; with one member ${slackAlone} times as long`,
    zh: `第 99 百分位：日志同步不超过 ${mostFsync} 毫秒，提交不超过 ${mostCommit} 毫秒；只有一个成员时为 ${slackAlone} 倍`,
  },
  remedy: { en: 'Put /var/lib/etcd on a separate SSD', zh: '将 /var/lib/etcd 放在单独的 SSD 上' },
  command: '',
  cases: externalCase,
  judge({ facts: { etcd }, role }) {
    if (etcd === null || etcd.self === null || role !== 'control-plane') return null;
    const { fsyncMs, commitMs, members } = etcd;
    if (fsyncMs === null || commitMs === null) return notLooked;
    const seen = {
      en: `sync of the log ${fsyncMs} ms, commit ${commitMs} ms`,
      zh: `日志同步 ${fsyncMs} 毫秒，提交 ${commitMs} 毫秒`,
    };
    const slack = members.length > 1 ? 1 : slackAlone;
    return fsyncMs <= mostFsync * slack && commitMs <= mostCommit * slack ? ok(seen) : warning(seen, caseOf(etcd));
  },
};
