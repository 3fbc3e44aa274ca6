import ipaddr from 'ipaddr.js';
import { minorVersion } from '../../../kubeadm/version.ts';
import { contains, parseSubnet } from '../../../subnet.ts';
import { defaultNetwork } from '../../defaults.ts';
import { readVersion } from '../../kubernetes-version.ts';
import { dnsName } from '../../patterns.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { argumentsAt, valueAt } from './decided.ts';

const root: Path = ['kubernetes', 'components'];

/** Values that the API server or the kubelet accept but with which hosts cannot join or pods do not work. */
export function checkSettings(plan: PartialPlan, report: Report): void {
  const components = plan.kubernetes?.components;
  if (components === undefined) return;
  checkApiServer(components, report);
  checkClusterDns(plan, report);
  checkProxyMode(plan, report);
  checkTaints(plan, report);
  checkNames(components, report);
  for (const section of ['initConfiguration', 'joinConfiguration'] as const) {
    const path = ['nodeRegistration', 'ignorePreflightErrors'];
    const ignored = valueAt(components[section], path);
    if (!Array.isArray(ignored) || !ignored.some((name) => String(name).toLowerCase() === 'all')) continue;
    report([...root, section, ...path], 'ignored-errors-all');
  }
}

const alternativeNames = [
  ['apiServer', 'certSANs'],
  ['etcd', 'local', 'serverCertSANs'],
  ['etcd', 'local', 'peerCertSANs'],
];

function checkNames(components: unknown, report: Report): void {
  for (const names of alternativeNames) {
    const place = ['clusterConfiguration', ...names];
    const written = valueAt(components, place);
    for (const [index, name] of Array.isArray(written) ? written.entries() : []) {
      const text = String(name);
      if (ipaddr.isValid(text) || dnsName.test(text.replace(/^\*\./, ''))) continue;
      report([...root, ...place, index], 'certificate-name-invalid');
    }
  }
}

/** The value that an argument must have or contain, by name; what it breaks is in the problem's text. */
const needs: Readonly<Record<string, (value: string) => boolean>> = {
  'anonymous-auth': (value) => value !== 'false',
  'enable-bootstrap-token-auth': (value) => value !== 'false',
  'allow-privileged': (value) => value !== 'false',
  'authorization-mode': (value) => ['Node', 'RBAC'].every((mode) => value.split(',').includes(mode)),
  'bind-address': (value) => !/^(127\.|::1$|localhost$)/.test(value),
};

function checkApiServer(components: unknown, report: Report): void {
  for (const { name, value, path } of argumentsAt(components, ['clusterConfiguration', 'apiServer', 'extraArgs'])) {
    const isRight = Object.hasOwn(needs, name) ? needs[name] : undefined;
    if (isRight === undefined || isRight(String(value))) continue;
    if (name === 'authorization-mode') report([...root, ...path], 'authorization-mode');
    else report([...root, ...path], 'api-server-unusable', { argument: `--${name}=${String(value)}` });
  }
  for (const { name, value, path } of argumentsAt(components, [
    'clusterConfiguration',
    'controllerManager',
    'extraArgs',
  ])) {
    if (name !== 'controllers' || /(^|,)(\*,.*)?bootstrapsigner(,|$)/.test(String(value))) continue;
    report([...root, ...path], 'bootstrap-signer-off');
  }
}

/** CoreDNS gets the tenth address of the service subnet. A link-local address is that of a DNS cache on every node. */
function checkClusterDns({ kubernetes, network }: PartialPlan, report: Report): void {
  const written = kubernetes?.components?.kubeletConfiguration?.clusterDNS;
  const range = parseSubnet(network?.serviceSubnet ?? defaultNetwork.serviceSubnet);
  if (!Array.isArray(written) || range === null) return;
  const tenth = tenthAddress(range[0]);
  for (const [index, address] of written.entries()) {
    const path = [...root, 'kubeletConfiguration', 'clusterDNS', index];
    const text = String(address);
    if (!ipaddr.isValid(text) || /^\d+$/.test(text)) report(path, 'cluster-dns-invalid', { tenth });
    else if (contains(range, text)) {
      if (text !== tenth) report(path, 'cluster-dns-not-coredns', { tenth });
    } else if (ipaddr.parse(text).range() !== 'linkLocal') {
      report(path, 'cluster-dns-outside', { subnet: range.join('/'), tenth });
    }
  }
}

function tenthAddress(first: ipaddr.IPv4): string {
  const [a = 0, b = 0, c = 0, d = 0] = first.octets;
  return [a, b, c, d + 10].join('.');
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

const firstNftables = 29;
const firstNftablesBeta = 31;
const lastUserspace = 25;

function checkProxyMode({ kubernetes }: PartialPlan, report: Report): void {
  const proxy = kubernetes?.components?.kubeProxyConfiguration;
  if (kubernetes?.version === undefined || proxy === undefined) return;
  const minor = minorVersion(readVersion(kubernetes.version).version);
  const path = [...root, 'kubeProxyConfiguration', 'mode'];
  const version = `1.${minor}`;
  if (proxy.mode === 'userspace' && minor > lastUserspace) report(path, 'proxy-mode-removed', { version });
  if (proxy.mode !== 'nftables') return;
  if (minor < firstNftables) report(path, 'proxy-mode-too-new', { version, since: `1.${firstNftables}` });
  else if (minor < firstNftablesBeta && valueAt(proxy, ['featureGates', 'NFTablesProxyMode']) !== true) {
    report(path, 'proxy-mode-needs-gate', { version });
  }
}
