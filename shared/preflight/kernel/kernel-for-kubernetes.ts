import { minorVersion } from '../../kubeadm/version.ts';
import { verbatim } from '../../text/local-text.ts';
import { becomesNode, type Check, error, notLooked, ok } from '../check.ts';
import { compareVersions } from '../versions.ts';

const oldest = '4.19';
const firstMinor = 32;

export const kernelForKubernetes: Check = {
  id: 'kernel-for-kubernetes',
  group: 'kernel',
  level: 'error',
  guards: becomesNode,
  depends: {
    en: `Only for Kubernetes 1.${firstMinor} and newer.`,
    zh: `仅针对 Kubernetes 1.${firstMinor} 及更高版本。`,
  },
  title: { en: 'Kernel is supported by this Kubernetes version', zh: '内核受该 Kubernetes 版本支持' },
  reason: {
    en: `From 1.${firstMinor} kubeadm refuses kernels older than ${oldest}.`,
    zh: `自 1.${firstMinor} 起 kubeadm 拒绝低于 ${oldest} 的内核。`,
  },
  needed: { en: `kernel ${oldest} or newer`, zh: `内核 ${oldest} 或更高版本` },
  remedy: {
    en: `Upgrade the system, or plan Kubernetes 1.${firstMinor - 1} or older`,
    zh: `升级系统，或在计划中使用 Kubernetes 1.${firstMinor - 1} 及更低版本`,
  },
  command: '',
  judge({ facts: { kernel }, assignment }) {
    if (assignment === null) return null;
    const { version } = assignment.settings.kubernetes;
    if (minorVersion(version) < firstMinor)
      return ok({
        en: `${kernel}; no requirement by Kubernetes ${version}`,
        zh: `${kernel}；Kubernetes ${version} 无此要求`,
      });
    if (!/^\d+\.\d+/.test(kernel)) return notLooked;
    return compareVersions(kernel, oldest) >= 0 ? ok(verbatim(kernel)) : error(verbatim(kernel));
  },
};
