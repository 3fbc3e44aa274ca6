import { knownFlags } from '../../../kubeadm/flags.ts';
import { bindPort } from '../../../kubeadm/ports.ts';
import { defaultPreparation } from '../../defaults.ts';
import { readEndpoint } from '../../endpoint.ts';
import { isWide, nodePortsArgument, readPortRange } from '../../node-ports.ts';
import type { Path, Report } from '../../problem.ts';
import { didYouMean, misspelt } from '../../suggestion.ts';
import type { PartialPlan } from '../../written.ts';
import { kubernetesPorts } from '../endpoint.ts';
import { kubeletArguments, staticPodArguments, staticPods } from './arguments.ts';
import { argumentsAt, valueAt } from './decided.ts';

const root: Path = ['kubernetes', 'components'];

/** Values with which a component does not start, whatever its version. */
export function checkArgumentValues(plan: PartialPlan, report: Report): void {
  const components = plan.kubernetes?.components;
  if (components === undefined) return;
  for (const place of kubeletArguments) checkPlace(components, place, report);
  // kubeadm’s patches may mount files, too.
  const isPatched = ['initConfiguration', 'joinConfiguration'].some((section) =>
    valueAt(components, [section, 'patches', 'directory']),
  );
  for (const component of staticPods) {
    const place = staticPodArguments(component);
    checkPlace(components, place, report);
    if (!isPatched) checkFiles(components, component, report);
    for (const { name, value, path } of argumentsAt(components, place)) {
      if (name === nodePortsArgument) checkPorts(plan, String(value), [...root, ...path], report);
    }
  }
}

const truth: Readonly<Record<string, string>> = { yes: 'true', on: 'true', no: 'false', off: 'false' };
/** Arguments that take a duration; some of such a name take a number of seconds. */
const durations = /-(timeout|period|duration|interval|ttl|frequency|deadline)$/;
const numbers = ['min-request-timeout', 'eviction-max-pod-grace-period', 'eviction-soft-grace-period'];
const choices: Readonly<Record<string, readonly string[]>> = {
  'tls-min-version': ['VersionTLS10', 'VersionTLS11', 'VersionTLS12', 'VersionTLS13'],
  'logging-format': ['text', 'json'],
  'storage-backend': ['etcd3'],
};

function checkPlace(components: unknown, place: readonly string[], report: Report): void {
  for (const { name, value, path } of argumentsAt(components, place)) {
    const at = [...root, ...path];
    const text = String(value);
    const meant = truth[text.toLowerCase()];
    const known = misspelt(name, knownFlags);
    if (known !== null) report(at, 'argument-misspelt', { name, hint: didYouMean(known) });
    const allowed = Object.hasOwn(choices, name) ? choices[name] : undefined;
    if (meant !== undefined) report(at, 'argument-not-boolean', { meant });
    else if (durations.test(name) && !numbers.includes(name) && /^[1-9]\d*$/.test(text)) {
      report(at, 'argument-without-unit', { wanted: `${text}s` });
    } else if (allowed !== undefined && !allowed.includes(text)) {
      report(at, 'argument-choice', { allowed: [...allowed] });
    }
  }
}

/** Arguments that name a file to be read. */
const files =
  /^(audit-policy-file|audit-webhook-config-file|(experimental-)?encryption-provider-config|admission-control-config-file|oidc-ca-file|token-auth-file|authentication-(token-webhook-config-file|config)|authorization-(webhook-config-file|config)|egress-selector-config-file|tracing-config-file|cluster-signing-(cert|key)-file|cloud-config|config)$/;
/** What kubeadm mounts into the pods of the control plane. */
const mounted = [
  ...['/etc/kubernetes/pki', '/etc/ssl/certs', '/etc/ca-certificates', '/etc/pki'],
  ...['/usr/share/ca-certificates', '/usr/local/share/ca-certificates'],
];

/** A file that is not mounted into the pod does not exist for the component. */
function checkFiles(components: unknown, component: (typeof staticPods)[number], report: Report): void {
  const volumes = valueAt(components, ['clusterConfiguration', component, 'extraVolumes']);
  const own = (Array.isArray(volumes) ? volumes : []).map((volume) => valueAt(volume, ['mountPath']));
  const paths = [...mounted, ...own.filter((path) => typeof path === 'string')];
  for (const { name, value, path } of argumentsAt(components, staticPodArguments(component))) {
    const file = String(value);
    if (!files.test(name) || !file.startsWith('/')) continue;
    const isMounted = paths.some((folder) => file === folder || file.startsWith(`${folder.replace(/\/+$/, '')}/`));
    if (!isMounted) report([...root, ...path], 'argument-file-unmounted', { component });
  }
}

/** The range of NodePort services, such as 30000-32767. */
function checkPorts(plan: PartialPlan, written: string, path: Path, report: Report): void {
  const { kubernetes, cluster = '', firewall = defaultPreparation.firewall } = plan;
  const range = readPortRange(written);
  if (range === null) {
    report(path, 'port-range-invalid');
    return;
  }
  const endpoint = readEndpoint(kubernetes?.controlPlaneEndpoint, cluster);
  const inside = [bindPort({ endpoint }), ...kubernetesPorts].filter((port) => port >= range.from && port <= range.to);
  if (inside.length > 0) report(path, 'port-range-overlaps', { ports: inside.map(String) });
  const count = range.to - range.from + 1;
  if (firewall === 'open' && isWide(range)) report(path, 'port-range-wide', { count });
}
