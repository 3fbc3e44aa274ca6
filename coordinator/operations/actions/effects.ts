import type { LocalText } from '../../../shared/text/local-text.ts';

/** Effects that several actions have. */
export const cordonAndDrain: LocalText = {
  en: 'The node is cordoned and drained: its pods are evicted as their disruption budgets allow; data in emptyDir volumes is lost, and pods without a controller are not recreated',
  zh: '封锁并腾空节点：Pod 在中断预算允许的范围内被驱逐；emptyDir 卷中的数据会丢失，没有控制器的 Pod 不会恢复',
};

export const deleteNode: LocalText = { en: 'The Node is deleted', zh: '删除 Node 对象' };

export const kubeadmReset = (host: string): LocalText => ({
  en: `kubeadm reset runs on ${host}`,
  zh: `在 ${host} 上执行 kubeadm reset`,
});
