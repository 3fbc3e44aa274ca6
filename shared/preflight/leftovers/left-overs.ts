import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok } from '../check.ts';

export const leftOvers: Check = {
  id: 'left-overs',
  group: 'leftovers',
  level: 'error',
  fixed: true,
  title: { en: 'No credentials of another cluster', zh: '没有其他集群的凭据' },
  reason: {
    en: 'kubeadm refuses a host with files of an earlier cluster, and muster deletes only what it created.',
    zh: 'kubeadm 拒绝带有先前集群文件的主机；muster 只删除自己创建的内容。',
  },
  needed: { en: 'no files of a cluster that muster did not create', zh: '没有非 muster 所创建集群的文件' },
  remedy: {
    en: 'If the earlier cluster is no longer needed, reset the host',
    zh: '若不再需要先前的集群，请重置该主机',
  },
  command: 'sudo kubeadm reset --force',
  judge({ facts, owns }) {
    const leftovers = facts.leftovers.filter((path) => /\.(conf|crt)$/.test(path));
    if (leftovers.length === 0)
      return ok({
        en: 'no kubeconfig or certificate below /etc/kubernetes',
        zh: '/etc/kubernetes 下没有 kubeconfig 或证书',
      });
    if (owns)
      return ok({ en: `this cluster’s files: ${leftovers.join(', ')}`, zh: `本集群的文件：${leftovers.join('、')}` });
    return error(verbatim(leftovers.join(', ')));
  },
};
