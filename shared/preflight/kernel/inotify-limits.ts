import { leastSysctls as least } from '../../steps/content/kernel.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, notLooked, ok, warning } from '../check.ts';

export const inotifyLimits: Check = {
  id: 'inotify-limits',
  group: 'kernel',
  level: 'warning',
  title: { en: 'Inotify limits are sufficient', zh: 'inotify 上限充足' },
  reason: {
    en: 'The kubelet, the runtime and many pods watch files; above the limit they fail with "too many open files".',
    zh: 'kubelet、容器运行时和许多 Pod 都会监视文件；超过上限时以 “too many open files” 失败。',
  },
  needed: verbatim(
    Object.entries(least)
      .map(([key, value]) => `${key} >= ${value}`)
      .join(', '),
  ),
  remedy: { en: 'Raise the limits, now and at each boot', zh: '提高上限，立即生效并在每次启动时生效' },
  step: 'sysctls',
  command:
    "printf 'fs.inotify.max_user_instances=8192\\nfs.inotify.max_user_watches=524288\\n' | sudo tee /etc/sysctl.d/90-inotify.conf && sudo sysctl --system",
  judge({ facts }) {
    const found = Object.keys(least).map((key) => [key, facts.sysctls[key]] as const);
    if (found.some(([, value]) => value == null)) return notLooked;
    const seen = verbatim(found.map(([key, value]) => `${key} = ${value}`).join(', '));
    return Object.entries(least).every(([key, value]) => Number(facts.sysctls[key]) >= value)
      ? ok(seen)
      : warning(seen);
  },
};
