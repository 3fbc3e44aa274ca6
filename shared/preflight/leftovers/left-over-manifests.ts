import { type Check, error, ok } from '../check.ts';

export const leftOverManifests: Check = {
  id: 'left-over-manifests',
  group: 'leftovers',
  level: 'error',
  title: { en: 'No static pods of another cluster', zh: '没有其他集群的静态 Pod' },
  reason: {
    en: 'The kubelet runs every manifest in /etc/kubernetes/manifests: an old API server would start next to the new one.',
    zh: 'kubelet 会运行 /etc/kubernetes/manifests 中的所有清单：旧的 API 服务器会与新的一同启动。',
  },
  needed: {
    en: '/etc/kubernetes/manifests is empty or belongs to this cluster',
    zh: '/etc/kubernetes/manifests 为空或属于本集群',
  },
  remedy: { en: 'Move the manifests away', zh: '将这些清单移走' },
  command: 'sudo mv /etc/kubernetes/manifests /root/manifests.old',
  judge({ facts: { leftovers }, owns }) {
    if (!leftovers.includes('/etc/kubernetes/manifests'))
      return ok({
        en: '/etc/kubernetes/manifests is empty or does not exist',
        zh: '/etc/kubernetes/manifests 为空或不存在',
      });
    return owns
      ? ok({ en: '/etc/kubernetes/manifests belongs to this cluster', zh: '/etc/kubernetes/manifests 属于本集群' })
      : error({ en: '/etc/kubernetes/manifests is not empty', zh: '/etc/kubernetes/manifests 不为空' });
  },
};
