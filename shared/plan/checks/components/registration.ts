import { checkLike } from '../../../kubeadm/ignored-errors.ts';
import { checkOf } from '../../../preflight/catalogue.ts';
import { labelKey, labelValue } from '../../patterns.ts';
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
    checkIgnored(plan, section, report);
    checkPhases(components, section, report);
  }
}

function checkIgnored({ kubernetes, preflight }: PartialPlan, section: string, report: Report): void {
  const path = [section, 'nodeRegistration', 'ignorePreflightErrors'];
  const ignored = valueAt(kubernetes?.components, path);
  for (const [index, name] of Array.isArray(ignored) ? ignored.entries() : []) {
    const own = checkLike(String(name));
    if (String(name).toLowerCase() === 'all') report([...root, ...path], 'ignored-errors-all');
    else if (own !== null && checkOf(own)?.level === 'error' && preflight?.lower?.[own] === undefined) {
      report([...root, ...path, index], 'ignored-error-blocks', { check: own });
    }
  }
}

/** Phases of kubeadm init and join; it refuses to skip another one. Source: cmd/kubeadm/app/cmd/phases. */
const phases: Readonly<Record<string, readonly string[]>> = {
  initConfiguration: [
    ...['preflight', 'certs', 'kubeconfig', 'kubelet-start', 'control-plane', 'etcd', 'upload-config', 'upload-certs'],
    ...['mark-control-plane', 'bootstrap-token', 'kubelet-finalize', 'addon', 'show-join-command'],
    ...['wait-control-plane', 'addon/coredns', 'addon/kube-proxy'],
  ],
  joinConfiguration: [
    ...['preflight', 'control-plane-prepare', 'kubelet-start', 'control-plane-join', 'wait-control-plane'],
    ...['check-etcd', 'kubelet-wait-bootstrap', 'etcd-join'],
  ],
};

function checkPhases(components: unknown, section: string, report: Report): void {
  const path = [section, 'skipPhases'];
  const skipped = valueAt(components, path);
  const known = phases[section] ?? [];
  for (const [index, phase] of Array.isArray(skipped) ? skipped.entries() : []) {
    const [first = ''] = String(phase).split('/');
    const isKnown = first === 'addon' ? known.includes(String(phase)) : known.includes(first);
    if (!isKnown) report([...root, ...path, index], 'phase-unknown', { known: [...known] });
  }
  const folder = valueAt(components, [section, 'patches', 'directory']);
  if (typeof folder === 'string' && !folder.startsWith('/')) {
    report([...root, section, 'patches', 'directory'], 'patches-folder-relative');
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
    const [key, effect] = [String(valueAt(taint, ['key']) ?? ''), String(valueAt(taint, ['effect']) ?? '')];
    if (!labelKey.test(key)) report([...root, ...place, index], 'label-key-invalid', { key: JSON.stringify(key) });
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
    for (const pair of String(value).split(',').filter(Boolean)) {
      const [key = '', value = ''] = pair.split('=').map((part) => part.trim());
      if (!labelKey.test(key)) report([...root, ...path], 'label-key-invalid', { key: JSON.stringify(key) });
      else if (!labelValue.test(value)) {
        report([...root, ...path], 'label-value-invalid', { value: JSON.stringify(value) });
      }
      if (!/(^|\.)(kubernetes|k8s)\.io\//.test(key) || ownLabels.test(key)) continue;
      report([...root, ...path], 'node-label-refused', { key });
    }
  }
}
