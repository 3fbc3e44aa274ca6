import { minorVersion } from '../../kubeadm/version.ts';
import { verbatim } from '../../text/local-text.ts';
import { type Check, error, notLooked, ok } from '../check.ts';
import { compareVersions } from '../versions.ts';

const oldest = '4.19';
const firstMinor = 32;

export const kernelForKubernetes: Check = {
  id: 'kernel-for-kubernetes',
  group: 'kernel',
  level: 'error',
  depends: {
    en: `Only for Kubernetes 1.${firstMinor} and newer.`,
    zh: `仅针对 Kubernetes 1.${firstMinor} 及更新版本。`,
  },
  title: { en: 'Kernel is new enough for this Kubernetes', zh: '内核满足该 Kubernetes 版本' },
  reason: {
    en: `From 1.${firstMinor} on kubeadm refuses kernels before ${oldest}.`,
    zh: `自 1.${firstMinor} 起 kubeadm 拒绝 ${oldest} 之前的内核。`,
  },
  needed: { en: `${oldest} or newer`, zh: `${oldest} 或更新` },
  remedy: {
    en: `Upgrade the system, or plan Kubernetes 1.${firstMinor - 1} or older`,
    zh: `升级系统，或在计划中使用 1.${firstMinor - 1} 及更早版本`,
  },
  command: '',
  judge({ facts: { kernel }, assignment }) {
    if (assignment === null) return null;
    const { version } = assignment.settings.kubernetes;
    if (minorVersion(version) < firstMinor) return ok({ en: `not asked for by ${version}`, zh: `${version} 无此要求` });
    if (!/^\d+\.\d+/.test(kernel)) return notLooked;
    return compareVersions(kernel, oldest) >= 0 ? ok(verbatim(kernel)) : error(verbatim(kernel));
  },
};
