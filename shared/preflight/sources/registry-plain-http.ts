import type { Check } from '../check.ts';
import { judgeRegistry } from './attempt.ts';

export const registryPlainHttp: Check = {
  id: 'registry-plain-http',
  group: 'sources',
  level: 'error',
  guards: ['images'],
  title: { en: 'Registry uses the planned protocol', zh: '镜像仓库使用计划的协议' },
  reason: {
    en: 'Runtimes use HTTPS unless configured otherwise and cannot use a registry without TLS.',
    zh: '除非另行配置，容器运行时使用 HTTPS，无法访问未启用 TLS 的仓库。',
  },
  needed: {
    en: 'HTTPS, or the registry in runtime.insecureRegistries',
    zh: 'HTTPS，或将该仓库列入 runtime.insecureRegistries',
  },
  remedy: {
    en: 'Add the registry to runtime.insecureRegistries in the plan',
    zh: '在计划的 runtime.insecureRegistries 中加入该仓库',
  },
  command: '',
  judge: ({ facts: { reach } }) =>
    judgeRegistry(reach, 'plain-http', { en: 'protocol as planned', zh: '协议与计划一致' }),
};
