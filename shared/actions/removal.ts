import type { LocalText } from '../text/local-text.ts';
import type { ActionOption } from './definition.ts';

/** Time limit for evictions, after which the operator must decide. */
export const evictionSeconds = 600;

/** Options of the actions that drain the node. */
export const drainOptions: readonly ActionOption[] = [
  {
    flags: '--force',
    text: {
      en: 'Evict no pods, and do not wait for a silent host',
      zh: '不驱逐 Pod，也不等待失联的主机',
    },
  },
  {
    flags: '--timeout <seconds>',
    text: { en: 'Time limit for evicting the pods, in seconds', zh: '驱逐 Pod 的时限（秒）' },
    seconds: evictionSeconds,
  },
  {
    flags: '--no-wait',
    text: { en: 'Return immediately; the operation continues', zh: '立即返回；操作继续进行' },
  },
];

export const cordonAndDrain: LocalText = {
  en: 'The node is cordoned and drained: its pods are evicted as their disruption budgets allow; data in emptyDir volumes is lost, and pods without a controller are not recreated',
  zh: '封锁并腾空节点：在干扰预算（PodDisruptionBudget）允许的范围内驱逐 Pod；emptyDir 卷中的数据会丢失，没有控制器的 Pod 不会恢复',
};

export const removeMember: LocalText = {
  en: 'Control plane: etcd leadership moves to another member and its member is removed, if the remaining members keep quorum',
  zh: '若为控制平面：其 etcd 领导权转移给其他成员，若其余成员仍有法定人数，则移除其成员',
};

export const deleteNode: LocalText = { en: 'The Node is deleted', zh: '删除 Node 对象' };

export const kubeadmReset = (host: string): LocalText => ({
  en: `kubeadm reset runs on ${host}`,
  zh: `在 ${host} 上执行 kubeadm reset`,
});

export const beingRemoved = (by: string): LocalText => ({
  en: `being removed from the cluster by ${by}`,
  zh: `${by} 正在将该主机移出集群`,
});
