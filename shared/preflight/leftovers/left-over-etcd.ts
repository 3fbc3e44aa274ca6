import { externalEtcd } from '../../plan/etcd.ts';
import { type Check, error, ok, warning } from '../check.ts';

export const leftOverEtcd: Check = {
  id: 'left-over-etcd',
  group: 'leftovers',
  level: 'error',
  fixed: true,
  depends: { en: 'Not with etcd.external.', zh: '不适用于 etcd.external。' },
  title: { en: 'No etcd data of another cluster', zh: '没有其他集群的 etcd 数据' },
  reason: {
    en: 'The data may be the only copy of a cluster. kubeadm refuses the directory, and muster never deletes it.',
    zh: '该数据可能是某个集群的唯一副本。kubeadm 会拒绝该目录，muster 也绝不会删除它。',
  },
  needed: { en: '/var/lib/etcd is empty or belongs to this cluster', zh: '/var/lib/etcd 为空或属于本集群' },
  remedy: {
    en: 'Copy the data if it may still be needed, then move it away',
    zh: '若仍可能需要，先复制数据，然后移走',
  },
  command: 'sudo mv /var/lib/etcd /var/lib/etcd.old',
  judge({ facts: { leftovers }, owns, assignment }) {
    if (assignment !== null && externalEtcd(assignment.settings) !== null) return null;
    if (!leftovers.includes('/var/lib/etcd'))
      return ok({ en: '/var/lib/etcd is empty or does not exist', zh: '/var/lib/etcd 为空或不存在' });
    if (owns) return ok({ en: '/var/lib/etcd belongs to this cluster', zh: '/var/lib/etcd 属于本集群' });
    // The plan may say that the site's own etcd runs here.
    const seen = { en: '/var/lib/etcd is not empty', zh: '/var/lib/etcd 不为空' };
    return assignment === null ? warning(seen) : error(seen);
  },
};
