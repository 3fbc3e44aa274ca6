import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { argumentsAt, valueAt } from './decided.ts';

const root: Path = ['kubernetes', 'components'];

/** Settings with which a host does not register as a Node. */
export function checkRegistration(plan: PartialPlan, report: Report): void {
  const components = plan.kubernetes?.components;
  if (components === undefined) return;
  checkTaints(plan, report);
  for (const section of ['initConfiguration', 'joinConfiguration'] as const) {
    checkNodeLabels(components, section, report);
    const path = ['nodeRegistration', 'ignorePreflightErrors'];
    const ignored = valueAt(components[section], path);
    if (!Array.isArray(ignored) || !ignored.some((name) => String(name).toLowerCase() === 'all')) continue;
    report([...root, section, ...path], 'ignored-errors-all');
  }
}

/** kubeadm's own taints are removed with an empty list here; a list in the host's entry is added to them. */
function checkTaints({ kubernetes, hosts }: PartialPlan, report: Report): void {
  const place = ['initConfiguration', 'nodeRegistration', 'taints'];
  const taints = valueAt(kubernetes?.components, place);
  if (!Array.isArray(taints)) return;
  const planned = hosts?.find((host) => host?.role === 'control-plane')?.taints ?? [];
  if (planned.length > 0) report([...root, ...place], 'field-set-by-plan', { field: 'hosts[].taints' });
  const seen = new Set<string>();
  for (const [index, taint] of taints.entries()) {
    const [key, effect] = [String(valueAt(taint, ['key'])), String(valueAt(taint, ['effect']))];
    if (seen.has(`${key}:${effect}`)) report([...root, ...place, index], 'taint-duplicate', { key, effect });
    seen.add(`${key}:${effect}`);
  }
}

/** Labels in the namespaces of Kubernetes that a kubelet may set on its own Node. */
const ownLabels =
  /^((beta\.)?kubernetes\.io\/(os|arch|hostname|instance-type)|(failure-domain\.beta|topology)\.kubernetes\.io\/(zone|region)|node\.kubernetes\.io\/instance-type|([^/]+\.)?(kubelet|node)\.kubernetes\.io\/.+)$/;

function checkNodeLabels(components: unknown, section: string, report: Report): void {
  for (const { name, value, path } of argumentsAt(components, [section, 'nodeRegistration', 'kubeletExtraArgs'])) {
    if (name !== 'node-labels') continue;
    for (const pair of String(value).split(',')) {
      const [key = ''] = pair.split('=');
      if (!/(^|\.)(kubernetes|k8s)\.io\//.test(key) || ownLabels.test(key)) continue;
      report([...root, ...path], 'node-label-refused', { key });
    }
  }
}
