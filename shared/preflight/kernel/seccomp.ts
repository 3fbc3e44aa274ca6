import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok, warning } from '../check.ts';

/** From this minor release on the kubelet may give every pod the default profile. */
const firstMinor = 27;

export const seccomp: Check = {
  id: 'seccomp',
  group: 'kernel',
  level: 'error',
  depends: {
    en: `Error where the plan sets seccompDefault (Kubernetes 1.${firstMinor} and newer), warning elsewhere.`,
    zh: `计划启用 seccompDefault（Kubernetes 1.${firstMinor} 及更新）时为错误，否则为警告。`,
  },
  title: { en: 'Kernel can filter system calls', zh: '内核支持系统调用过滤' },
  reason: {
    en: 'Without it a pod that asks for the runtime’s default profile can’t be started.',
    zh: '否则请求运行时默认配置的 Pod 无法启动。',
  },
  needed: verbatim('seccomp (CONFIG_SECCOMP_FILTER)'),
  remedy: {
    en: 'Boot the distribution’s own kernel, or take seccompDefault out of the plan',
    zh: '改用发行版自带内核，或从计划中去掉 seccompDefault',
  },
  command: '',
  judge({ facts: { machine }, assignment }) {
    if (machine.seccomp === null) return notLooked;
    if (machine.seccomp) return ok({ en: 'it can', zh: '支持' });
    const asked = assignment?.settings.kubernetes.components.kubeletConfiguration.seccompDefault === true;
    return asked ? error({ en: 'it can’t', zh: '不支持' }) : warning({ en: 'it can’t', zh: '不支持' });
  },
};
