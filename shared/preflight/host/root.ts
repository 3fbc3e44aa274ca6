import { type Check, error, ok } from '../check.ts';

export const root: Check = {
  id: 'root',
  group: 'host',
  level: 'error',
  title: { en: 'Agent runs as root', zh: '代理以 root 身份运行' },
  reason: {
    en: 'Only root can install packages, set kernel parameters and run kubeadm.',
    zh: '只有 root 才能安装软件包、设置内核参数并运行 kubeadm。',
  },
  needed: { en: 'user root', zh: 'root 用户' },
  remedy: { en: 'Run the command with sudo', zh: '使用 sudo 运行该命令' },
  command: 'sudo muster-agent preflight',
  judge: ({ facts }) =>
    facts.root
      ? ok({ en: 'running as root', zh: '以 root 身份运行' })
      : error({ en: 'running as an unprivileged user', zh: '以普通用户身份运行' }),
};
