import { labelKey, labelValue } from '../patterns.ts';
import type { Report } from '../problem.ts';
import { readTaint } from '../taints.ts';
import type { PartialPlan, WrittenPlan } from '../written.ts';

type Host = NonNullable<PartialPlan['hosts']>[number];

const keyRule =
  'a key is needed as Kubernetes allows it: [dns.name/]name, the name of letters, digits, - _ and ., at most 63';
const valueRule = 'a value is needed as Kubernetes allows it: letters, digits, - _ and ., at most 63, or nothing';

/** Labels and taints as Kubernetes' API would take them, so that it is not the API that refuses them an hour later. */
export function checkLabels({ hosts = [] }: PartialPlan, report: Report): void {
  for (const [index, host] of hosts.entries()) {
    for (const [key, value] of Object.entries(host?.labels ?? {})) {
      const path = ['hosts', index, 'labels', key];
      if (!labelKey.test(key)) report(path, keyRule);
      else if (value !== undefined && !labelValue.test(value)) report(path, valueRule);
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
      report(
        path,
        'a taint is needed as key=value:Effect or key:Effect, Effect being NoSchedule, PreferNoSchedule or NoExecute',
      );
    } else if (!labelKey.test(taint.key)) report(path, keyRule);
    else if (taint.value !== undefined && !labelValue.test(taint.value)) report(path, valueRule);
  }
}
