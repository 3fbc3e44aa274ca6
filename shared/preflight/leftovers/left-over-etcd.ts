import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok } from '../check.ts';

export const leftOverEtcd: Check = {
  id: 'left-over-etcd',
  group: 'leftovers',
  level: 'error',
  fixed: true,
  title: { en: 'No data of another etcd', zh: '没有其他 etcd 的数据' },
  reason: {
    en: 'It may be all there is of a cluster. kubeadm refuses the folder, and muster never deletes it.',
    zh: '它可能是某个集群的唯一数据。kubeadm 会拒绝该目录，muster 也绝不会删除它。',
  },
  needed: { en: '/var/lib/etcd empty, or this cluster’s own', zh: '/var/lib/etcd 为空，或属于本集群' },
  remedy: { en: 'Keep a copy where it may be wanted again, then take it away', zh: '如可能还需要，先保留副本，再移走' },
  command: 'sudo mv /var/lib/etcd /var/lib/etcd.old',
  judge({ facts: { leftovers }, owns }) {
    if (!leftovers.includes('/var/lib/etcd')) return ok({ en: 'none', zh: '无' });
    return owns ? ok({ en: 'this cluster’s own', zh: '本集群自身的数据' }) : error(verbatim('/var/lib/etcd'));
  },
};
