import { flagName } from '../../../kubeadm/arguments.ts';
import type { Path, Report } from '../../problem.ts';

const kubeletIn = (section: string) => [section, 'nodeRegistration', 'kubeletExtraArgs'];
/** Places of command-line arguments below `kubernetes.components`: of the kubelet. */
export const kubeletArguments: readonly (readonly string[])[] = [
  kubeletIn('initConfiguration'),
  kubeletIn('joinConfiguration'),
];
/** Components of the control plane, in static pods. */
export const staticPods = ['apiServer', 'controllerManager', 'scheduler'] as const;
export const staticPodArguments = (component: (typeof staticPods)[number]): readonly string[] => [
  ...['clusterConfiguration', component, 'extraArgs'],
];

interface Options {
  report: Report;
  /** This kubeadm reads a list, in which a name may occur again. */
  isList: boolean;
}

/**
 * Checks command-line arguments, a map or a list of {name, value}; muster converts one to the other and numbers and
 * truth values to strings.
 */
export function checkArguments(written: unknown, path: Path, { report, isList }: Options): void {
  if (typeof written !== 'object' || written === null) {
    report(path, 'arguments-invalid');
    return;
  }
  const names = new Set<string>();
  for (const [key, item] of Object.entries(written)) {
    const at = [...path, Array.isArray(written) ? Number(key) : key];
    const pair = Array.isArray(written) ? readPair(item) : { name: key, value: item };
    if (pair === null) {
      report(at, 'argument-pair-invalid');
      continue;
    }
    const name = flagName(pair.name);
    if (!/^[a-z][a-z0-9-]*$/.test(name)) report(at, 'argument-name-invalid', { name: pair.name });
    else if (names.has(name) && !isList) report(at, 'argument-repeated', { name });
    names.add(name);
    if (!isText(pair.value)) report(Array.isArray(written) ? [...at, 'value'] : at, 'string-invalid');
  }
}

function readPair(item: unknown): { name: string; value: unknown } | null {
  if (typeof item !== 'object' || item === null) return null;
  const { name, value, ...rest } = item as Record<string, unknown>;
  return typeof name === 'string' && value !== undefined && Object.keys(rest).length === 0 ? { name, value } : null;
}

/** A fraction is not: 1.20 is read as 1.2. */
function isText(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value);
}
