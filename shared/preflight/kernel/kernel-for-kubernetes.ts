import { verbatim } from '../../text/local-text.ts';
import { boundCases, judgeBounds } from '../bounds.ts';
import { becomesNode, type Check, notLooked } from '../check.ts';

export const kernelForKubernetes: Check = {
  id: 'kernel-for-kubernetes',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: 'Kubernetes 1.32 and 1.33: error below 4.19. From 1.34: warning for a kernel that kubeadm does not list.',
    zh: 'Kubernetes 1.32 和 1.33：低于 4.19 为错误。自 1.34 起：kubeadm 未列出的内核为警告。',
  },
  title: { en: 'Kernel is supported by this Kubernetes version', zh: '内核受该 Kubernetes 版本支持' },
  reason: {
    en: 'kubeadm 1.32 and 1.33 refuse kernels older than 4.19; later versions only warn.',
    zh: 'kubeadm 1.32 和 1.33 拒绝低于 4.19 的内核；之后的版本只发出警告。',
  },
  needed: {
    en: 'kernel 4.19 or newer for 1.32 and 1.33; 5.4, 5.10, 5.15, or 6.0 or newer from 1.34',
    zh: '1.32 和 1.33 需要内核 4.19 或更高版本；自 1.34 起为 5.4、5.10、5.15，或 6.0 及更高版本',
  },
  remedy: { en: 'Upgrade the system', zh: '升级系统' },
  command: '',
  cases: boundCases('kernel'),
  judge({ facts: { kernel }, assignment }) {
    if (assignment === null) return null;
    if (!/^\d+\.\d+/.test(kernel)) return notLooked;
    return judgeBounds('kernel', kernel, assignment.settings.kubernetes.version, verbatim(kernel));
  },
};
