import { isSupportedArchitecture, supportedArchitectures } from '../../systems.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, ok } from '../check.ts';

export const arch: Check = {
  id: 'arch',
  group: 'host',
  level: 'error',
  title: { en: 'CPU architecture is supported', zh: 'CPU 架构受支持' },
  reason: {
    en: 'Kubernetes images and the agent’s runtime are built for these architectures only.',
    zh: 'Kubernetes 镜像和代理自带的运行环境仅支持这些架构。',
  },
  needed: supportedArchitectures,
  remedy: { en: 'Use an x64 or arm64 machine', zh: '换用 x64 或 arm64 机器' },
  command: '',
  judge: ({ facts: { arch } }) => (isSupportedArchitecture(arch) ? ok(verbatim(arch)) : error(verbatim(arch))),
};
