import { inGiB } from '../amounts.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';
import { caseOf, externalCase } from './external-case.ts';

/** etcd's own default (--quota-backend-bytes), for versions that do not tell theirs. */
const defaultQuota = 2 * 1024 ** 3;
/** Share of the quota. */
const most = 0.8;

export const etcdSize: Check = {
  id: 'etcd-size',
  group: 'etcd',
  level: 'warning',
  depends: {
    en: 'Only on control planes with an etcd member or an external etcd.',
    zh: '仅针对运行 etcd 成员或使用外部 etcd 的控制平面。',
  },
  title: { en: 'etcd’s database is well below its limit', zh: 'etcd 数据库远低于其上限' },
  reason: {
    en: 'At the limit etcd raises NOSPACE and refuses every write, so nothing in the cluster can change.',
    zh: '达到上限时 etcd 触发 NOSPACE 告警并拒绝所有写入，集群中的任何内容都无法变更。',
  },
  needed: { en: `in use: at most ${most * 100} % of the limit`, zh: `使用量不超过上限的 ${most * 100} %` },
  remedy: {
    en: 'Delete objects that are not needed (events, old custom resources), or raise quota-backend-bytes',
    zh: '删除不需要的对象（事件、旧的自定义资源），或调高 quota-backend-bytes',
  },
  command: 'sudo du -h /var/lib/etcd/member/snap/db',
  cases: externalCase,
  judge({ facts: { etcd }, role }) {
    if (etcd === null || etcd.self === null || role !== 'control-plane') return null;
    const own = etcd.members.find(({ id }) => id === etcd.self);
    const bytes = own?.inUseBytes ?? own?.dbBytes ?? null;
    if (bytes === null) return notLooked;
    const quota = etcd.quotaBytes ?? defaultQuota;
    const seen = {
      en: `${inGiB(bytes)} in use of ${inGiB(quota)}`,
      zh: `已使用 ${inGiB(bytes)}，上限 ${inGiB(quota)}`,
    };
    return bytes <= quota * most ? ok(seen) : warning(seen, caseOf(etcd));
  },
};
