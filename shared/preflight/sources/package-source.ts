import type { Check } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const packageSource: Check = {
  id: 'package-source',
  group: 'sources',
  level: 'warning',
  title: { en: 'The package source answers', zh: '软件源有应答' },
  reason: {
    en: 'kubeadm, kubelet and kubectl come from there. muster tries again by itself while it is away.',
    zh: 'kubeadm、kubelet 与 kubectl 来自该软件源；不可用期间 muster 会自动重试。',
  },
  needed: { en: 'a Release file below the URL in the plan', zh: '计划所填 URL 下有 Release 文件' },
  remedy: {
    en: 'See whether this host reaches it, or name another in the plan under kubernetes.packages',
    zh: '确认本机能否访问，或在计划的 kubernetes.packages 中换用其他软件源',
  },
  command: '',
  judge: ({ facts: { reach } }) => (reach === null ? null : judgeAttempt(reach.packageSource)),
};
