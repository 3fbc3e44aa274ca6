import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

const least = 32_768;

export const pidMax: Check = {
  id: 'pid-max',
  group: 'kernel',
  level: 'warning',
  title: { en: 'Enough processes are allowed', zh: '进程数量上限足够' },
  reason: {
    en: 'All pods of a node share the numbers; when they run out, nothing can be started any more, not even a shell.',
    zh: '节点上所有 Pod 共用进程号；耗尽后连 shell 都无法启动。',
  },
  needed: verbatim(`kernel.pid_max >= ${least}`),
  remedy: { en: 'Raise it now and at each boot', zh: '立即调高并在每次启动时生效' },
  command: 'echo kernel.pid_max=4194304 | sudo tee /etc/sysctl.d/90-pid-max.conf && sudo sysctl --system',
  judge({ facts }) {
    const value = facts.sysctls['kernel.pid_max'];
    if (value == null) return notLooked;
    return Number(value) >= least ? ok(verbatim(value)) : warning(verbatim(value));
  },
};
