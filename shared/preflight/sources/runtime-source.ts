import type { Check } from '../check.ts';
import { judgeAttempt } from './attempt.ts';

export const runtimeSource: Check = {
  id: 'runtime-source',
  group: 'sources',
  level: 'warning',
  depends: { en: 'Only if the plan sets runtime.packages.', zh: '仅当计划设置了 runtime.packages 时检查。' },
  title: { en: 'Package source of the runtime is reachable', zh: '容器运行时的软件源可达' },
  reason: {
    en: 'The runtime’s packages come from it. While it is unreachable, muster retries.',
    zh: '容器运行时的软件包来自该软件源。不可达期间 muster 会重试。',
  },
  needed: { en: 'a Release file below the planned URL', zh: '计划的 URL 下有 Release 文件' },
  remedy: {
    en: 'Allow this host to reach the source, or set another one in runtime.packages of the plan',
    zh: '允许该主机访问该软件源，或在计划的 runtime.packages 中设置其他软件源',
  },
  command: '',
  judge({ facts: { reach }, assignment }) {
    if (reach === null || assignment === null || assignment.settings.runtime.packages === null) return null;
    return judgeAttempt(reach.runtimeSource);
  },
};
