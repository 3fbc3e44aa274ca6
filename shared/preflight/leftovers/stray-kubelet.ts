import { type Check, notLooked, ok, warning } from '../check.ts';

export const strayKubelet: Check = {
  id: 'stray-kubelet',
  group: 'leftovers',
  level: 'warning',
  title: { en: 'No kubelet of another cluster is running', zh: '没有其他集群的 kubelet 在运行' },
  reason: {
    en: 'It belongs to a cluster unknown to muster and would be reconfigured under its running pods. A kubelet that restarts while waiting for kubeadm does not count.',
    zh: '它属于 muster 不了解的集群，会在其 Pod 运行时被重新配置。等待 kubeadm 而反复重启的 kubelet 不计入。',
  },
  needed: { en: 'kubelet not running before the host becomes a node', zh: '成为节点之前 kubelet 未运行' },
  remedy: {
    en: 'If that cluster is no longer needed, remove the node from it and reset the host',
    zh: '若不再需要该集群，请将节点从中移除并重置该主机',
  },
  command: 'sudo kubeadm reset --force',
  judge({ facts, owns }) {
    if (owns) return null;
    if (facts.machine.units === null) return notLooked;
    const joined = facts.leftovers.some((path) => path.endsWith('kubelet.conf'));
    const runs = facts.machine.units.kubelet?.active === true;
    if (runs && joined)
      return warning({ en: 'kubelet of another cluster is running', zh: '其他集群的 kubelet 正在运行' });
    return ok(
      runs
        ? { en: 'kubelet has not joined a cluster', zh: 'kubelet 未加入集群' }
        : { en: 'kubelet is not running', zh: 'kubelet 未运行' },
    );
  },
};
