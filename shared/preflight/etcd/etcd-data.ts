import { type Check, ok, warning } from '../check.ts';
import { caseOf } from './external-case.ts';

export const etcdData: Check = {
  id: 'etcd-data',
  group: 'etcd',
  level: 'warning',
  depends: {
    en: 'Only on control planes with an etcd member or an external etcd.',
    zh: '仅针对运行 etcd 成员或使用外部 etcd 的控制平面。',
  },
  title: { en: 'etcd holds the cluster’s data', zh: 'etcd 持有集群的数据' },
  reason: {
    en: 'An etcd whose data was deleted starts empty: the API server answers and all objects are gone. Backups of the cluster are kept and no new one is made.',
    zh: '数据被删除的 etcd 会以空数据启动：API 服务器有应答，但所有对象均已丢失。集群的备份予以保留，不再创建新备份。',
  },
  needed: {
    en: 'the namespace kube-system has the recorded UID',
    zh: '命名空间 kube-system 的 UID 与记录一致',
  },
  remedy: { en: 'Restore the newest backup of the cluster', zh: '恢复集群的最新备份' },
  command: 'sudo muster recover --from-backup',
  cases: {
    external: {
      remedy: {
        en: 'Restore the external etcd from snapshot.db of the newest backup below /var/lib/muster-agent/cluster-backups',
        zh: '用 /var/lib/muster-agent/cluster-backups 下最新备份的 snapshot.db 恢复外部 etcd',
      },
      command: '',
    },
  },
  judge({ facts: { etcd }, role }) {
    if (etcd === null || etcd.self === null || role !== 'control-plane') return null;
    if (!etcd.replaced) return ok({ en: 'no other data was found', zh: '未发现其他数据' });
    const { recorded, found } = etcd.replaced;
    const uid = found === '' ? { en: 'no UID', zh: '没有 UID' } : { en: `the UID ${found}`, zh: `的 UID 为 ${found}` };
    const seen = {
      en: `etcd’s data was replaced: kube-system has ${uid.en}; recorded: ${recorded}`,
      zh: `etcd 的数据已被替换：kube-system ${uid.zh}；记录：${recorded}`,
    };
    return warning(seen, caseOf(etcd));
  },
};
