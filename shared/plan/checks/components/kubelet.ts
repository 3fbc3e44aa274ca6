import { minorVersion } from '../../../kubeadm/version.ts';
import type { LocalText } from '../../../text/local-text.ts';
import { readVersion } from '../../kubernetes-version.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { kubeletArguments } from './arguments.ts';
import { argumentsAt, valueAt } from './decided.ts';
import { seconds } from './values.ts';

type Settings = Readonly<Record<string, unknown>>;

/** A setting with which the kubelet does not start unless a condition holds. */
interface Need {
  field: string;
  isMissing(settings: Settings, minor: number): boolean;
  needed: LocalText;
}

const both = (text: string): LocalText => ({ en: text, zh: text });
const isSet = (settings: Settings, path: string) => {
  const value = valueAt(settings, path.split('.'));
  const isEmpty = Array.isArray(value) && value.length === 0;
  return value !== undefined && value !== null && value !== '' && seconds(value) !== 0 && !isEmpty;
};
const isListed = (settings: Settings, name: string) =>
  Array.isArray(settings.enforceNodeAllocatable) && settings.enforceNodeAllocatable.includes(name);
const numberOf = (settings: Settings, field: string, otherwise: number) =>
  typeof settings[field] === 'number' ? settings[field] : otherwise;
const secondsOf = (settings: Settings, field: string, otherwise: number) => seconds(settings[field]) ?? otherwise;

/** First minor version that takes `none` for an empty list. */
const firstWithNone = 23;

/** Source: pkg/kubelet/apis/config/validation and the managers of the kubelet; with its defaults. */
const needs: readonly Need[] = [
  {
    field: 'imageGCHighThresholdPercent',
    isMissing: (settings) =>
      numberOf(settings, 'imageGCLowThresholdPercent', 80) >= numberOf(settings, 'imageGCHighThresholdPercent', 85),
    needed: both('imageGCLowThresholdPercent (80) < imageGCHighThresholdPercent (85)'),
  },
  {
    field: 'imageMaximumGCAge',
    isMissing: (settings) => {
      const most = secondsOf(settings, 'imageMaximumGCAge', 0);
      return most > 0 && most <= secondsOf(settings, 'imageMinimumGCAge', 120);
    },
    needed: both('imageMaximumGCAge > imageMinimumGCAge (2m)'),
  },
  {
    field: 'shutdownGracePeriodCriticalPods',
    isMissing: (settings) =>
      secondsOf(settings, 'shutdownGracePeriodCriticalPods', 0) > secondsOf(settings, 'shutdownGracePeriod', 0),
    needed: both('shutdownGracePeriodCriticalPods <= shutdownGracePeriod'),
  },
  ...['shutdownGracePeriod', 'shutdownGracePeriodCriticalPods'].map((field) => ({
    field,
    isMissing: (settings: Settings) => {
      const period = secondsOf(settings, field, 0);
      return period < 0 || (period > 0 && period < 1);
    },
    needed: both(`${field} >= 1s`),
  })),
  {
    field: 'maxParallelImagePulls',
    isMissing: (settings) =>
      settings.serializeImagePulls === true && numberOf(settings, 'maxParallelImagePulls', 1) > 1,
    needed: both('serializeImagePulls: false'),
  },
  {
    field: 'cpuManagerPolicy',
    isMissing: (settings) =>
      settings.cpuManagerPolicy === 'static' &&
      !['kubeReserved.cpu', 'systemReserved.cpu', 'reservedSystemCPUs'].some((path) => isSet(settings, path)),
    needed: {
      en: 'kubeReserved.cpu, systemReserved.cpu or reservedSystemCPUs',
      zh: 'kubeReserved.cpu、systemReserved.cpu 或 reservedSystemCPUs',
    },
  },
  {
    field: 'memoryManagerPolicy',
    isMissing: (settings) => settings.memoryManagerPolicy === 'Static' && !isSet(settings, 'reservedMemory'),
    needed: both('reservedMemory'),
  },
  {
    field: 'cgroupsPerQOS',
    isMissing: ({ cgroupsPerQOS, ...settings }, minor) => {
      const { enforceNodeAllocatable: enforced } = settings;
      const isEmpty = Array.isArray(enforced) && enforced.length === 0;
      return cgroupsPerQOS === false && !isEmpty && !(minor >= firstWithNone && isListed(settings, 'none'));
    },
    needed: both('enforceNodeAllocatable: []'),
  },
  ...['system', 'kube'].map((kind) => ({
    field: 'enforceNodeAllocatable',
    isMissing: (settings: Settings) =>
      ['', '-compressible'].some((end) => isListed(settings, `${kind}-reserved${end}`)) &&
      !isSet(settings, `${kind}ReservedCgroup`),
    needed: both(`${kind}ReservedCgroup`),
  })),
  {
    field: 'enforceNodeAllocatable',
    isMissing: (settings) => isListed(settings, 'none') && (settings.enforceNodeAllocatable as unknown[]).length > 1,
    needed: both('enforceNodeAllocatable: [none]'),
  },
  {
    field: 'reservedSystemCPUs',
    isMissing: (settings) =>
      isSet(settings, 'reservedSystemCPUs') &&
      ['systemReservedCgroup', 'kubeReservedCgroup'].some((field) => isSet(settings, field)),
    needed: {
      en: 'neither systemReservedCgroup nor kubeReservedCgroup',
      zh: '不设置 systemReservedCgroup 和 kubeReservedCgroup',
    },
  },
  {
    field: 'reservedSystemCPUs',
    isMissing: ({ reservedSystemCPUs: cpus }) =>
      typeof cpus === 'string' && cpus !== '' && !/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(cpus),
    needed: both('reservedSystemCPUs: "0,2-3"'),
  },
];

/** Fields that need a feature gate: the first minor version in which it is on by default. */
const gated: readonly [path: string, gate: string, onSince: number][] = [
  ['shutdownGracePeriod', 'GracefulNodeShutdown', 21],
  ['shutdownGracePeriodByPodPriority', 'GracefulNodeShutdownBasedOnPodPriority', 24],
  ['memorySwap.swapBehavior', 'NodeSwap', 30],
  ['imageMaximumGCAge', 'ImageMaximumGCAge', 30],
  ['tracing', 'KubeletTracing', 27],
  ['cpuCFSQuotaPeriod', 'CustomCPUCFSQuotaPeriod', Number.POSITIVE_INFINITY],
  ['crashLoopBackOff.maxContainerRestartPeriod', 'KubeletCrashLoopBackOffMax', 35],
];

/** Arguments that replace one of these settings: what it lacks may be there. */
const replacing = [
  ...['feature-gates', 'kube-reserved', 'kube-reserved-cgroup', 'system-reserved', 'system-reserved-cgroup'],
  ...['reserved-cpus', 'reserved-memory', 'cpu-manager-policy', 'memory-manager-policy', 'cpu-cfs-quota-period'],
  ...['enforce-node-allocatable', 'cgroups-per-qos', 'serialize-image-pulls', 'minimum-image-ttl-duration'],
  ...['image-gc-high-threshold', 'image-gc-low-threshold'],
];

/** Combinations of settings with which the kubelet does not start. */
export function checkKubelet({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  const settings = components?.kubeletConfiguration;
  if (settings === undefined || kubernetes?.version === undefined) return;
  const given = kubeletArguments.flatMap((place) => argumentsAt(components, place));
  if (given.some(({ name }) => replacing.includes(name))) return;
  const root: Path = ['kubernetes', 'components', 'kubeletConfiguration'];
  const minor = minorVersion(readVersion(kubernetes.version).version);
  for (const { field, isMissing, needed } of needs) {
    if (isMissing(settings, minor)) report([...root, field], 'kubelet-needs', { field, needed });
  }
  for (const [path, gate, onSince] of gated) {
    const isOn = valueAt(settings, ['featureGates', gate]) ?? minor >= onSince;
    const isDefault = path === 'cpuCFSQuotaPeriod' && seconds(settings[path]) === 0.1;
    if (!isSet(settings, path) || isOn === true || isDefault) continue;
    report([...root, ...path.split('.')], 'kubelet-needs', { field: path, needed: both(`featureGates.${gate}: true`) });
  }
  if (minor >= 30 && valueAt(settings, ['memorySwap', 'swapBehavior']) === 'UnlimitedSwap') {
    const needed = both('swapBehavior: LimitedSwap');
    report([...root, 'memorySwap', 'swapBehavior'], 'kubelet-needs', { field: 'memorySwap.swapBehavior', needed });
  }
}
