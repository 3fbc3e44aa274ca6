import type { Path, Report } from '../problem.ts';
import type { PartialPlan } from '../written.ts';

/** Fields determined by other parts of the plan, and the field that determines them; null: muster does. */
const decided: readonly [path: readonly [section: string, ...fields: string[]], instead: string | null][] = [
  [['initConfiguration', 'bootstrapTokens'], null],
  [['initConfiguration', 'nodeRegistration', 'name'], 'hosts[].name'],
  [['initConfiguration', 'nodeRegistration', 'criSocket'], 'runtime'],
  [['joinConfiguration', 'nodeRegistration', 'name'], 'hosts[].name'],
  [['joinConfiguration', 'nodeRegistration', 'criSocket'], 'runtime'],
  [['joinConfiguration', 'discovery'], null],
  [['clusterConfiguration', 'clusterName'], 'cluster'],
  [['clusterConfiguration', 'kubernetesVersion'], 'kubernetes.version'],
  [['clusterConfiguration', 'imageRepository'], 'kubernetes.imageRepository'],
  [['clusterConfiguration', 'controlPlaneEndpoint'], 'kubernetes.controlPlaneEndpoint'],
  [['clusterConfiguration', 'networking'], 'network.podSubnet, network.serviceSubnet, network.dnsDomain'],
  [['kubeletConfiguration', 'cgroupDriver'], null],
];

/** Reports component settings that contradict the rest of the plan. */
export function checkComponents({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  if (components === undefined) return;
  const root: Path = ['kubernetes', 'components'];
  for (const [section, settings] of Object.entries(components)) {
    for (const key of ['apiVersion', 'kind']) {
      if (valueAt(settings, [key]) !== undefined) {
        report([...root, section, key], 'field-set-by-muster');
      }
    }
  }
  for (const [path, instead] of decided) {
    if (valueAt(components, path) === undefined) continue;
    if (instead === null) report([...root, ...path], 'field-set-by-muster');
    else report([...root, ...path], 'field-set-by-plan', { field: instead });
  }
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined),
    value,
  );
}
