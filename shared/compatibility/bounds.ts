import { minorVersion } from '../kubeadm/version.ts';
import type { LocalText } from '../text/local-text.ts';
import { compareVersions } from './versions.ts';

/** What a bound limits. */
export type Bounded = 'docker' | 'containerd' | 'kernel' | 'cgroup';

/** A limit that a range of Kubernetes versions sets to a component of the host. */
export interface Bound {
  /** Stable; the case of the check that reports it. */
  id: string;
  of: Bounded;
  /** The minor versions of Kubernetes that set it, inclusive. */
  kubernetes: { from: number; to: number };
  accepts(version: string): boolean;
  /** The accepted versions. */
  required: LocalText;
  level: 'error' | 'warning';
  reason: LocalText;
  /** What to change in the plan or on the host, as an imperative sentence. */
  remedy: LocalText;
  /** Where upstream says so. */
  source: string;
}

type Range = Pick<Bound, 'accepts' | 'required'>;

const atLeast = (least: string): Range => ({
  accepts: (version) => compareVersions(version, least) >= 0,
  required: { en: `${least} or newer`, zh: `${least} 或更高版本` },
});
const below = (first: string): Range => ({
  accepts: (version) => compareVersions(version, first) < 0,
  required: { en: `older than ${first}`, zh: `低于 ${first}` },
});

const any = { from: 0, to: Number.POSITIVE_INFINITY };
const until = (to: number) => ({ from: 0, to });
const since = (from: number) => ({ from, to: Number.POSITIVE_INFINITY });

/** The kernels that kubeadm accepts without a warning from 1.34. */
const longTerm: Range = {
  accepts: (version) => /^5\.(4|10|15)\b/.test(version) || compareVersions(version, '6.0') >= 0,
  required: { en: '5.4, 5.10, 5.15, or 6.0 or newer', zh: '5.4、5.10、5.15，或 6.0 及更高版本' },
};

const unified: Range = { accepts: (version) => version === '2', required: { en: 'v2', zh: 'v2' } };

const newerContainerd: LocalText = {
  en: 'Set runtime.packages in the plan to docker or aliyun, which have newer versions, or upgrade the host’s release',
  zh: '在计划中将 runtime.packages 设为版本较新的 docker 或 aliyun，或升级该主机的发行版',
};

const newerDocker: LocalText = {
  en: 'Set runtime.packages in the plan to docker or aliyun, which have newer versions, or use containerd',
  zh: '在计划中将 runtime.packages 设为版本较新的 docker 或 aliyun，或使用 containerd',
};

/** Every known limit; the plan check, the preflight, the installation and the support table use it. */
export const bounds: readonly Bound[] = [
  {
    id: 'containerd-cri-v1',
    of: 'containerd',
    kubernetes: since(26),
    ...atLeast('1.6'),
    level: 'error',
    reason: {
      en: 'From 1.26 the kubelet uses CRI v1 only, which containerd serves from 1.6',
      zh: '自 1.26 起 kubelet 只使用 CRI v1，containerd 自 1.6 起提供',
    },
    remedy: newerContainerd,
    source: 'kubernetes/kubernetes CHANGELOG-1.26',
  },
  {
    id: 'containerd-cri-v1alpha2',
    of: 'containerd',
    kubernetes: until(22),
    ...below('2.0'),
    level: 'error',
    reason: {
      en: 'Up to 1.22 the kubelet uses CRI v1alpha2, which containerd removed in 2.0',
      zh: '1.22 及更低版本的 kubelet 使用 CRI v1alpha2，containerd 自 2.0 起已将其移除',
    },
    remedy: {
      en: 'Set runtime.version in the plan to 1.7 with runtime.packages docker or aliyun, use docker, or plan Kubernetes 1.23 or newer',
      zh: '在计划中设置 runtime.version 为 1.7 且 runtime.packages 为 docker 或 aliyun，或使用 docker，或计划 Kubernetes 1.23 及更高版本',
    },
    source: 'containerd/containerd docs/containerd-2.0.md',
  },
  {
    id: 'containerd-cgroup-driver',
    of: 'containerd',
    kubernetes: since(38),
    ...atLeast('2.0'),
    level: 'error',
    reason: {
      en: 'From 1.38 the kubelet asks the runtime for its cgroup driver, which containerd answers from 2.0',
      zh: '自 1.38 起 kubelet 向容器运行时查询 cgroup 驱动，containerd 自 2.0 起支持',
    },
    remedy: newerContainerd,
    source: 'kubernetes/enhancements KEP-4033',
  },
  {
    id: 'containerd-untested',
    of: 'containerd',
    kubernetes: any,
    ...atLeast('1.4'),
    level: 'warning',
    reason: { en: 'Older versions are not tested with muster', zh: '更低版本未与 muster 一起测试' },
    remedy: newerContainerd,
    source: 'muster',
  },
  {
    id: 'docker-dockershim',
    of: 'docker',
    kubernetes: until(20),
    ...below('28.0'),
    level: 'error',
    reason: {
      en: 'kubeadm 1.20 was validated up to docker 19.03, and the newest version tested with its dockershim is 26.1',
      zh: 'kubeadm 1.20 最高验证到 docker 19.03，而其 dockershim 测试过的最高版本为 26.1',
    },
    remedy: {
      en: 'Set runtime.version in the plan to 26.1 or older with runtime.packages docker or aliyun, or plan Kubernetes 1.21 or newer',
      zh: '在计划中设置 runtime.version 为 26.1 或更低版本且 runtime.packages 为 docker 或 aliyun，或计划 Kubernetes 1.21 及更高版本',
    },
    source: 'kubernetes/system-validators validators/types_unix.go',
  },
  {
    id: 'docker-cri-dockerd',
    of: 'docker',
    kubernetes: since(24),
    ...atLeast('20.10'),
    level: 'error',
    reason: {
      en: 'From 1.24 the kubelet uses docker through cri-dockerd, which needs docker 20.10',
      zh: '自 1.24 起 kubelet 通过 cri-dockerd 使用 docker，后者需要 docker 20.10',
    },
    remedy: newerDocker,
    source: 'Mirantis/cri-dockerd releases',
  },
  {
    id: 'kernel-oldest',
    of: 'kernel',
    kubernetes: any,
    ...atLeast('3.10'),
    level: 'error',
    reason: { en: 'kubeadm refuses older kernels', zh: 'kubeadm 拒绝更旧的内核' },
    remedy: { en: 'Install and boot the distribution’s current kernel', zh: '安装发行版的当前内核并使用它启动' },
    source: 'kubernetes/system-validators validators/types_unix.go',
  },
  {
    id: 'kernel-refused',
    of: 'kernel',
    kubernetes: { from: 32, to: 33 },
    ...atLeast('4.19'),
    level: 'error',
    reason: {
      en: 'kubeadm 1.32 and 1.33 refuse older kernels',
      zh: 'kubeadm 1.32 和 1.33 拒绝更旧的内核',
    },
    remedy: {
      en: 'Upgrade the system, or plan a Kubernetes version other than 1.32 and 1.33',
      zh: '升级系统，或在计划中使用 1.32 和 1.33 以外的 Kubernetes 版本',
    },
    source: 'kubernetes/system-validators 1.9',
  },
  {
    id: 'kernel-long-term',
    of: 'kernel',
    kubernetes: since(34),
    ...longTerm,
    level: 'warning',
    reason: {
      en: 'From 1.34 kubeadm warns about other kernels',
      zh: '自 1.34 起 kubeadm 会对其他内核发出警告',
    },
    remedy: { en: 'Upgrade the system', zh: '升级系统' },
    source: 'kubernetes/system-validators 1.10',
  },
  {
    id: 'cgroup-v1-refused',
    of: 'cgroup',
    kubernetes: since(35),
    ...unified,
    level: 'error',
    reason: {
      en: 'From 1.35 the kubelet does not start on cgroup v1',
      zh: '自 1.35 起 kubelet 无法在 cgroup v1 上启动',
    },
    remedy: {
      en: 'Boot with systemd.unified_cgroup_hierarchy=1; or set failCgroupV1: false in kubeletConfiguration and ignorePreflightErrors: [SystemVerification] in nodeRegistration; or plan Kubernetes 1.34 or older',
      zh: '以 systemd.unified_cgroup_hierarchy=1 启动；或在 kubeletConfiguration 中设置 failCgroupV1: false，并在 nodeRegistration 中设置 ignorePreflightErrors: [SystemVerification]；或计划 Kubernetes 1.34 及更低版本',
    },
    source: 'kubernetes/enhancements KEP-5573',
  },
  {
    id: 'cgroup-v1-maintenance',
    of: 'cgroup',
    kubernetes: { from: 31, to: 34 },
    ...unified,
    level: 'warning',
    reason: { en: 'From 1.31 cgroup v1 is in maintenance mode', zh: '自 1.31 起 cgroup v1 处于维护模式' },
    remedy: { en: 'Boot with systemd.unified_cgroup_hierarchy=1', zh: '以 systemd.unified_cgroup_hierarchy=1 启动' },
    source: 'kubernetes/enhancements KEP-4569',
  },
];

/** The bounds that this version breaks, errors first. `kubernetes`: such as 1.23.0. */
export function brokenBounds(of: Bounded, version: string, kubernetes: string): Bound[] {
  const minor = minorVersion(kubernetes);
  const broken = bounds.filter(
    (bound) =>
      bound.of === of && minor >= bound.kubernetes.from && minor <= bound.kubernetes.to && !bound.accepts(version),
  );
  return broken.toSorted((a, b) => a.level.localeCompare(b.level));
}
