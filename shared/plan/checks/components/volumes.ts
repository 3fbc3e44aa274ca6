import { hostName } from '../../../protocol/text.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { staticPods } from './arguments.ts';
import { valueAt } from './decided.ts';

/** Volumes without which, or with which, a static pod of the control plane is invalid, so that kubeadm waits in vain. */
export function checkVolumes({ kubernetes }: PartialPlan, report: Report): void {
  for (const component of staticPods) {
    const place = ['clusterConfiguration', component, 'extraVolumes'];
    const written = valueAt(kubernetes?.components, place);
    const seen = new Set<unknown>();
    for (const [index, volume] of Array.isArray(written) ? written.entries() : []) {
      checkVolume(volume, ['kubernetes', 'components', ...place, index], seen, report);
    }
  }
}

function checkVolume(volume: unknown, path: Path, seen: Set<unknown>, report: Report): void {
  const [name, hostPath, mountPath] = ['name', 'hostPath', 'mountPath'].map((field) => valueAt(volume, [field]));
  if (!hostName.safeParse(name).success) report([...path, 'name'], 'volume-name-invalid');
  for (const [field, value] of Object.entries({ hostPath, mountPath })) {
    if (typeof value !== 'string' || !/^\/[^:]*$/.test(value)) report([...path, field], 'volume-path-invalid');
  }
  for (const [field, value] of Object.entries({ name, mountPath })) {
    if (value !== undefined && seen.has(`${field} ${String(value)}`)) report([...path, field], 'volume-repeated');
    seen.add(`${field} ${String(value)}`);
  }
}
