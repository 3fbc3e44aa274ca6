import { type Check, ok } from '../check.ts';
import { judgeAttempt, told } from './attempt.ts';

export const registry: Check = {
  id: 'registry',
  group: 'sources',
  level: 'warning',
  title: { en: 'The image registry answers', zh: '镜像仓库有应答' },
  reason: {
    en: 'Kubernetes’ own images come from there; k8s.gcr.io and registry.k8s.io are blocked in some countries.',
    zh: 'Kubernetes 自身的镜像来自该仓库；k8s.gcr.io 与 registry.k8s.io 在部分地区被屏蔽。',
  },
  needed: { en: 'an answer at /v2/', zh: '/v2/ 有应答' },
  remedy: {
    en: 'Name a registry that this host reaches in the plan under kubernetes.imageRepository',
    zh: '在计划的 kubernetes.imageRepository 中填写本机可访问的仓库',
  },
  command: '',
  judge({ facts: { reach } }) {
    if (reach === null) return null;
    // Those two have checks and remedies of their own.
    const own = reach.registry?.result === 'untrusted' || reach.registry?.result === 'plain-http';
    return own && reach.registry !== null ? ok(told(reach.registry)) : judgeAttempt(reach.registry);
  },
};
