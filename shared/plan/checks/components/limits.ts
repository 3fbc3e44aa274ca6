import ipaddr from 'ipaddr.js';
import type { LocalText } from '../../../text/local-text.ts';
import { hostAndPort, isAddress, isPort } from '../../host.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { valueAt } from './decided.ts';
import { seconds } from './values.ts';

type Range = readonly [least: number, most?: number];

const each = (range: Range, names: string) => names.split(' ').map((name) => [name, range] as const);

/** Numbers that the kubelet refuses beyond these limits. Source: pkg/kubelet/apis/config/validation. */
const kubelet: readonly (readonly [string, Range])[] = [
  ...each([0, 100], 'imageGCHighThresholdPercent imageGCLowThresholdPercent'),
  ...each([0, 31], 'iptablesMasqueradeBit iptablesDropBit'),
  ...each([0, 65_535], 'readOnlyPort'),
  ...each([-1000, 1000], 'oomScoreAdj'),
  ...each([-1], 'nodeStatusMaxImages podPidsLimit'),
  ...each(
    [0],
    'maxPods podsPerCore maxOpenFiles kubeAPIQPS kubeAPIBurst registryPullQPS registryBurst eventRecordQPS eventBurst nodeLeaseDurationSeconds',
  ),
  ...each([1], 'maxParallelImagePulls containerLogMaxWorkers'),
  ...each([2], 'containerLogMaxFiles'),
];

/** Source: pkg/proxy/apis/config/validation. */
const proxy: readonly (readonly [string, Range])[] = [
  ...each([-1000, 1000], 'oomScoreAdj'),
  ...each([0, 31], 'iptables.masqueradeBit nftables.masqueradeBit'),
  ...each([0], 'conntrack.maxPerCore conntrack.min'),
];

const root: Path = ['kubernetes', 'components'];

/** Numbers and addresses that the kubelet or kube-proxy refuses. */
export function checkLimits({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  if (components === undefined) return;
  checkNumbers(components, 'kubeletConfiguration', kubelet, report);
  checkNumbers(components, 'kubeProxyConfiguration', proxy, report);
  const factor = components.kubeletConfiguration?.memoryThrottlingFactor;
  if (typeof factor === 'number' && (factor <= 0 || factor > 1)) {
    const range = { en: 'above 0, at most 1', zh: '大于 0，至多为 1' };
    report([...root, 'kubeletConfiguration', 'memoryThrottlingFactor'], 'field-out-of-range', { range });
  }
  checkAddresses(components, report);
  checkSyncing(components, report);
}

/** A service is not written more often than at the shortest interval, nor less often than at the longest. */
function checkSyncing(components: unknown, report: Report): void {
  for (const mode of ['iptables', 'ipvs', 'nftables']) {
    const path = ['kubeProxyConfiguration', mode, 'minSyncPeriod'];
    const least = seconds(valueAt(components, path));
    const most = seconds(valueAt(components, [...path.slice(0, 2), 'syncPeriod'])) ?? 30;
    if (isUsed(components, path) && least !== null && most > 0 && least > most)
      report([...root, ...path], 'sync-period-too-long', { most: `${most}s` });
  }
}

function checkNumbers(
  components: unknown,
  section: string,
  ranges: readonly (readonly [string, Range])[],
  report: Report,
): void {
  for (const [name, [least, most = Number.POSITIVE_INFINITY]] of ranges) {
    const path = [section, ...name.split('.')];
    const value = valueAt(components, path);
    if (typeof value !== 'number' || (value >= least && value <= most) || !isUsed(components, path)) continue;
    report([...root, ...path], 'field-out-of-range', { range: rangeText(least, most) });
  }
}

/** kube-proxy reads the settings of ipvs and nftables in that mode only. */
function isUsed(components: unknown, [section, part = '']: readonly string[]): boolean {
  if (section !== 'kubeProxyConfiguration' || !['ipvs', 'nftables'].includes(part)) return true;
  return valueAt(components, [section, 'mode']) === part;
}

function rangeText(least: number, most: number): LocalText {
  if (most === Number.POSITIVE_INFINITY) return { en: `${least} or more`, zh: `${least} 或更大` };
  return { en: `${least} to ${most}`, zh: `${least} 到 ${most}` };
}

/** Addresses of listeners by their path; some may also have a port. */
const listeners: readonly [path: readonly string[], hasPort: boolean][] = [
  [['kubeletConfiguration', 'address'], false],
  [['kubeProxyConfiguration', 'bindAddress'], false],
  [['kubeProxyConfiguration', 'healthzBindAddress'], true],
  [['kubeProxyConfiguration', 'metricsBindAddress'], true],
];
const lists = [
  ['kubeProxyConfiguration', 'nodePortAddresses'],
  ['kubeProxyConfiguration', 'ipvs', 'excludeCIDRs'],
];

function checkAddresses(components: unknown, report: Report): void {
  for (const [path, hasPort] of listeners) {
    const value = valueAt(components, path);
    if (typeof value !== 'string' || value === '') continue;
    const { host, port } = hostAndPort(value);
    const isWithPort = /^[\w.:[\]]+$/.test(value) && isAddress(host) && isPort(port);
    if (isAddress(value) || (hasPort && isWithPort)) continue;
    report([...root, ...path], hasPort ? 'listener-invalid' : 'listener-address-invalid');
  }
  for (const path of lists) {
    const values = isUsed(components, path) ? valueAt(components, path) : [];
    for (const [index, value] of Array.isArray(values) ? values.entries() : []) {
      if (typeof value !== 'string' || ipaddr.isValidCIDR(value) || value === 'primary') continue;
      report([...root, ...path, index], 'field-not-subnet');
    }
  }
}
