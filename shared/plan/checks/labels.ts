import { labelKey, labelValue } from '../patterns.ts';
import type { Path, Report } from '../problem.ts';
import { readTaint } from '../taints.ts';
import type { PartialPlan, WrittenPlan } from '../written.ts';

type Host = NonNullable<PartialPlan['hosts']>[number];

/**
 * Validates labels and taints by the Kubernetes API's rules, so that errors show in the plan and not during the
 * installation.
 */
export function checkLabels({ hosts = [] }: PartialPlan, report: Report): void {
  for (const [index, host] of hosts.entries()) {
    for (const [key, value] of Object.entries(host?.labels ?? {})) {
      const path = ['hosts', index, 'labels', key];
      checkPair({ key, value }, path, report);
    }
    checkTaints(host, index, report);
  }
}

function checkTaints(host: Host, index: number, report: Report): void {
  for (const [position, written] of (host?.taints ?? []).entries()) {
    if (written === undefined || (typeof written !== 'string' && !(written.key && written.effect))) continue;
    const taint = readTaint(written as NonNullable<WrittenPlan['hosts'][number]['taints']>[number]);
    const path = ['hosts', index, 'taints', position];
    if (taint === null) {
      report(path, 'taint-invalid');
    } else checkPair(taint, path, report);
  }
}

function checkPair({ key, value = '' }: { key: string; value?: string | undefined }, path: Path, report: Report): void {
  if (!labelKey.test(key)) report(path, 'label-key-invalid', { key: JSON.stringify(key) });
  else if (!labelValue.test(value)) report(path, 'label-value-invalid', { value: JSON.stringify(value) });
}
