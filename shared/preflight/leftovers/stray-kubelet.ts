import { type Check, notLooked, ok, warning } from '../check.ts';

export const strayKubelet: Check = {
  id: 'stray-kubelet',
  group: 'leftovers',
  level: 'warning',
  title: { en: 'No kubelet of another cluster runs', zh: '没有其他集群的 kubelet 在运行' },
  reason: {
    en: 'It belongs to a cluster that muster knows nothing of, and would be reconfigured under its pods. A kubelet that restarts, waiting for kubeadm, is none.',
    zh: '它属于 muster 不了解的集群，其 Pod 运行中就会被重新配置。等待 kubeadm 而不断重启的 kubelet 不算。',
  },
  needed: { en: 'the kubelet not running before the host is a node', zh: '成为节点之前 kubelet 未运行' },
  remedy: {
    en: 'Where that cluster is not wanted any more, take the node out of it and reset it',
    zh: '若不再需要该集群，先将节点移出，再重置',
  },
  command: 'sudo kubeadm reset --force',
  judge({ facts, owns }) {
    if (owns) return null;
    if (facts.machine.units === null) return notLooked;
    const joined = facts.leftovers.some((path) => path.endsWith('kubelet.conf'));
    const runs = facts.machine.units.kubelet?.active === true;
    return runs && joined ? warning({ en: 'it runs', zh: '正在运行' }) : ok({ en: 'none', zh: '无' });
  },
};
