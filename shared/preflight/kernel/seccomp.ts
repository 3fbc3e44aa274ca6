import { becomesNode, type Check, error, notLooked, ok, warning } from '../check.ts';

/** The first minor version in which the kubelet can default every pod to the runtime's profile. */
const firstMinor = 27;

export const seccomp: Check = {
  id: 'seccomp',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: `Error if the plan sets seccompDefault (Kubernetes 1.${firstMinor} and newer), otherwise warning.`,
    zh: `计划启用 seccompDefault（Kubernetes 1.${firstMinor} 及更高版本）时为错误，否则为警告。`,
  },
  title: { en: 'Kernel supports seccomp', zh: '内核支持 seccomp' },
  reason: {
    en: 'Without it, pods that use the runtime’s default profile cannot start.',
    zh: '否则使用容器运行时默认配置的 Pod 无法启动。',
  },
  needed: { en: 'seccomp filters (CONFIG_SECCOMP_FILTER)', zh: 'seccomp 过滤器（CONFIG_SECCOMP_FILTER）' },
  remedy: {
    en: 'Boot the distribution’s kernel, or remove seccompDefault from the plan',
    zh: '使用发行版内核启动，或从计划中去掉 seccompDefault',
  },
  command: '',
  judge({ facts: { machine }, assignment }) {
    if (machine.seccomp === null) return notLooked;
    if (machine.seccomp) return ok({ en: 'seccomp filters available', zh: 'seccomp 过滤器可用' });
    const asked = assignment?.settings.kubernetes.components.kubeletConfiguration.seccompDefault === true;
    const seen = { en: 'seccomp filters not available', zh: 'seccomp 过滤器不可用' };
    return asked ? error(seen) : warning(seen);
  },
};
