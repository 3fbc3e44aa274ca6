import { type Check, ok, unknown, warning } from '../check.ts';

/** A night may be missed, two may not. */
const mostDays = 1;

export const clusterBackup: Check = {
  id: 'cluster-backup',
  group: 'etcd',
  level: 'warning',
  depends: { en: 'Only on control planes that back up the cluster.', zh: '仅针对备份集群的控制平面。' },
  title: { en: 'The cluster’s backup was restored and compared', zh: '集群备份已恢复并比对' },
  reason: {
    en: 'A backup that was never restored may not be restorable when it is needed.',
    zh: '从未恢复过的备份，在需要时可能无法恢复。',
  },
  needed: {
    en: 'restored into a separate etcd within 2 days; external etcd: backed up',
    zh: '2 天内恢复到独立的 etcd 中；使用外部 etcd 时：已备份',
  },
  remedy: { en: 'Fix the cause, then back up and verify now', zh: '排除原因，然后立即备份并验证' },
  command: 'sudo muster backup --cluster',
  judge({ facts: { clusterBackup: seen }, role }) {
    if (seen === null || role !== 'control-plane') return null;
    const { newest, verified, failure } = seen;
    if (failure !== null) return warning(failure.message);
    if (newest?.isTestable === false) {
      return ok({ en: `${newest.at}, not restored: etcd is external`, zh: `${newest.at}，未验证恢复：使用外部 etcd` });
    }
    if (newest === null || verified === null) return unknown({ en: 'not verified yet', zh: '尚未验证' });
    const text = { en: `restorable as of ${verified.at}`, zh: `已验证可恢复：${verified.at}` };
    return verified.days <= mostDays ? ok(text) : warning(text);
  },
};
