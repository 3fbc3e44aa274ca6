import { removedGates } from '../../../kubeadm/fields/gates.ts';
import { minorVersion } from '../../../kubeadm/version.ts';
import { readVersion } from '../../kubernetes-version.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { kubeletArguments, staticPodArguments, staticPods } from './arguments.ts';
import { argumentsAt, valueAt } from './decided.ts';

const places = [...kubeletArguments, ...staticPods.map(staticPodArguments)];
const root: Path = ['kubernetes', 'components'];

/** Feature gates with which a component does not start: removed ones, and arguments that it cannot read. */
export function checkComponentGates({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  if (kubernetes?.version === undefined || components === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  const reportRemoved = (path: Path, gate: string) => {
    const until = removedGates.get(gate);
    if (until !== undefined && minor >= until)
      report([...root, ...path], 'gate-removed', { gate, until: `1.${until}` });
  };
  for (const section of ['kubeletConfiguration', 'kubeProxyConfiguration']) {
    const path = [section, 'featureGates'];
    for (const gate of Object.keys(valueAt(components, path) ?? {})) reportRemoved([...path, gate], gate);
  }
  for (const { name, value, path } of places.flatMap((place) => argumentsAt(components, place))) {
    if (name !== 'feature-gates' || typeof value !== 'string') continue;
    for (const pair of value.split(',').filter((one) => one.trim() !== '')) {
      // The name of a component and a colon may precede it.
      const [, gate] = /^\s*(?:\w+:)?([A-Za-z]\w*)\s*=\s*(true|false|t|f|1|0)\s*$/i.exec(pair) ?? [];
      if (gate === undefined) report([...root, ...path], 'gates-unreadable', { pair: JSON.stringify(pair) });
      else reportRemoved(path, gate);
    }
  }
}
