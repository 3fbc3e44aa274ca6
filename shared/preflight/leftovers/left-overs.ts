import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok } from '../check.ts';

export const leftOvers: Check = {
  id: 'left-overs',
  group: 'leftovers',
  level: 'error',
  fixed: true,
  title: { en: 'No credentials of another cluster', zh: '没有其他集群的凭据' },
  reason: {
    en: 'kubeadm refuses a host that holds an earlier cluster’s files, and muster deletes nothing that it did not make.',
    zh: 'kubeadm 拒绝带有旧集群文件的主机；muster 不会删除不是自己创建的内容。',
  },
  needed: {
    en: 'nothing of a cluster that muster did not make on this host',
    zh: '本机上没有非 muster 创建的集群内容',
  },
  remedy: {
    en: 'Where nothing of it is needed any more, take it away',
    zh: '确认不再需要后将其清除',
  },
  command: 'sudo kubeadm reset --force',
  judge({ facts, owns }) {
    const leftovers = facts.leftovers.filter((path) => /\.(conf|crt)$/.test(path));
    if (leftovers.length === 0) return ok({ en: 'none', zh: '无' });
    if (owns) return ok({ en: 'this cluster’s own files', zh: '本集群自身的文件' });
    return error(verbatim(leftovers.join(', ')));
  },
};
