import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok } from '../check.ts';

export const leftOverManifests: Check = {
  id: 'left-over-manifests',
  group: 'leftovers',
  level: 'error',
  title: { en: 'No static pods of another cluster', zh: '没有其他集群的静态 Pod' },
  reason: {
    en: 'The kubelet runs whatever stands in /etc/kubernetes/manifests: an old API server would come up beside the new one.',
    zh: 'kubelet 会运行 /etc/kubernetes/manifests 中的一切，旧的 API server 会与新的一起启动。',
  },
  needed: {
    en: '/etc/kubernetes/manifests empty, or this cluster’s own',
    zh: '/etc/kubernetes/manifests 为空，或属于本集群',
  },
  remedy: { en: 'Move them away', zh: '将其移走' },
  command: 'sudo mv /etc/kubernetes/manifests /root/manifests.old',
  judge({ facts: { leftovers }, owns }) {
    if (!leftovers.includes('/etc/kubernetes/manifests')) return ok({ en: 'none', zh: '无' });
    return owns
      ? ok({ en: 'this cluster’s own', zh: '本集群自身的文件' })
      : error(verbatim('/etc/kubernetes/manifests'));
  },
};
