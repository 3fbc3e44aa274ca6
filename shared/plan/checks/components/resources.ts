import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { kubeletArguments } from './arguments.ts';
import { argumentsAt, valueAt } from './decided.ts';
import { seconds } from './values.ts';

/** What the kubelet measures; the last two since 1.30. Source: pkg/kubelet/eviction/api. */
const signals = [
  ...['memory.available', 'nodefs.available', 'nodefs.inodesFree', 'imagefs.available', 'imagefs.inodesFree'],
  ...['pid.available', 'allocatableMemory.available', 'containerfs.available', 'containerfs.inodesFree'],
];
const reservable = /^(cpu|memory|ephemeral-storage|pid|hugepages-\w+)$/;

const root: Path = ['kubernetes', 'components', 'kubeletConfiguration'];

/** Signals, thresholds and resources that the kubelet does not know. */
export function checkResources({ kubernetes }: PartialPlan, report: Report): void {
  const settings = kubernetes?.components?.kubeletConfiguration;
  if (settings === undefined) return;
  for (const field of ['evictionHard', 'evictionSoft', 'evictionMinimumReclaim', 'evictionSoftGracePeriod']) {
    for (const [signal, value] of entriesAt(settings, field)) {
      const path = [...root, field, signal];
      const percent = /^(\d+(?:\.\d+)?)%$/.exec(String(value))?.[1];
      if (!signals.includes(signal)) report(path, 'eviction-signal-unknown', { signal, signals: [...signals] });
      else if (percent !== undefined && Number(percent) > 100) report(path, 'eviction-percentage');
      else if (field === 'evictionSoftGracePeriod' && seconds(value) === null) report(path, 'eviction-grace-invalid');
    }
  }
  const given = kubeletArguments.flatMap((place) => argumentsAt(kubernetes?.components, place));
  const isElsewhere = given.some(({ name }) => /^eviction-soft(-grace-period)?$/.test(name));
  for (const [signal] of isElsewhere ? [] : entriesAt(settings, 'evictionSoft')) {
    const period = valueAt(settings, ['evictionSoftGracePeriod', signal]);
    if (signals.includes(signal) && period === undefined) {
      report([...root, 'evictionSoft', signal], 'eviction-without-grace', { signal });
    }
  }
  for (const field of ['systemReserved', 'kubeReserved']) {
    for (const [resource, value] of entriesAt(settings, field)) {
      const path = [...root, field, resource];
      if (!reservable.test(resource)) report(path, 'reserved-resource-unknown', { resource });
      else if (String(value).startsWith('-'))
        report(path, 'field-out-of-range', { range: { en: '0 or more', zh: '0 或更大' } });
    }
  }
}

function entriesAt(settings: unknown, field: string): [string, unknown][] {
  const value = valueAt(settings, [field]);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
