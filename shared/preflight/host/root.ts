import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok } from '../check.ts';

export const root: Check = {
  id: 'root',
  group: 'host',
  level: 'error',
  title: { en: 'Runs as root', zh: '以 root 身份运行' },
  reason: {
    en: 'Only root can install packages, set kernel parameters and run kubeadm.',
    zh: '只有 root 才能安装软件包、设置内核参数并运行 kubeadm。',
  },
  needed: { en: 'root', zh: 'root 身份' },
  remedy: { en: 'Run it with sudo', zh: '使用 sudo 运行' },
  command: 'sudo muster-agent preflight',
  judge: ({ facts }) => (facts.root ? ok(verbatim('root')) : error({ en: 'an ordinary user', zh: '普通用户' })),
};
