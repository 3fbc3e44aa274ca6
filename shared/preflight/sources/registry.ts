import { type Check, ok } from '../check.ts';
import { judgeAttempt, told } from './attempt.ts';

export const registry: Check = {
  id: 'registry',
  group: 'sources',
  level: 'warning',
  title: { en: 'Image registry is reachable', zh: '镜像仓库可达' },
  reason: {
    en: 'Kubernetes images come from it; k8s.gcr.io and registry.k8s.io are blocked in some countries.',
    zh: 'Kubernetes 镜像来自该仓库；k8s.gcr.io 与 registry.k8s.io 在部分地区被屏蔽。',
  },
  needed: { en: 'an answer at /v2/', zh: '/v2/ 有应答' },
  remedy: {
    en: 'Set a registry that this host can reach in kubernetes.imageRepository of the plan',
    zh: '在计划的 kubernetes.imageRepository 中设置该主机可访问的仓库',
  },
  command: '',
  judge({ facts: { reach } }) {
    if (reach === null) return null;
    // Both results have their own checks.
    const own = reach.registry?.result === 'untrusted' || reach.registry?.result === 'plain-http';
    return own && reach.registry !== null ? ok(told(reach.registry)) : judgeAttempt(reach.registry);
  },
};
