import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

const least = 32_768;

export const pidMax: Check = {
  id: 'pid-max',
  group: 'kernel',
  level: 'warning',
  title: { en: 'Process limit is sufficient', zh: '进程数上限充足' },
  reason: {
    en: 'All pods of a node share the process IDs; when they run out, nothing starts, not even a shell.',
    zh: '节点上的所有 Pod 共用进程 ID；耗尽后任何程序都无法启动，包括 shell。',
  },
  needed: verbatim(`kernel.pid_max >= ${least}`),
  remedy: { en: 'Raise the limit, now and at each boot', zh: '提高上限，立即生效并在每次启动时生效' },
  command: 'echo kernel.pid_max=4194304 | sudo tee /etc/sysctl.d/90-pid-max.conf && sudo sysctl --system',
  judge({ facts }) {
    const value = facts.sysctls['kernel.pid_max'];
    if (value == null) return notLooked;
    const seen = verbatim(`kernel.pid_max = ${value}`);
    return Number(value) >= least ? ok(seen) : warning(seen);
  },
};
