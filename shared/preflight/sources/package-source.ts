import type { Check } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const packageSource: Check = {
  id: 'package-source',
  group: 'sources',
  level: 'warning',
  title: { en: 'Package source is reachable', zh: '软件源可达' },
  reason: {
    en: 'kubeadm, kubelet and kubectl come from it. While it is unreachable, muster retries.',
    zh: 'kubeadm、kubelet 与 kubectl 来自该软件源。不可达期间 muster 会重试。',
  },
  needed: { en: 'a Release file below the planned URL', zh: '计划的 URL 下有 Release 文件' },
  remedy: {
    en: 'Allow this host to reach the source, or set another one in kubernetes.packages of the plan',
    zh: '允许该主机访问该软件源，或在计划的 kubernetes.packages 中设置其他软件源',
  },
  command: '',
  judge: ({ facts: { reach } }) => (reach === null ? null : judgeAttempt(reach.packageSource)),
};
