import ipaddr from 'ipaddr.js';
import { isHost } from '../../host.ts';
import { dnsName } from '../../patterns.ts';
import type { Path, Report } from '../../problem.ts';
import type { PartialPlan } from '../../written.ts';
import { argumentsAt, valueAt } from './decided.ts';

const root: Path = ['kubernetes', 'components'];

/** Values with which kubeadm init fails or hosts cannot join. */
export function checkControlPlane({ kubernetes }: PartialPlan, report: Report): void {
  const components = kubernetes?.components;
  if (components === undefined) return;
  checkApiServer(components, report);
  checkNames(components, report);
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
      const host = text.replace(/^\*\./, '');
      if (ipaddr.isValid(text) || (dnsName.test(host) && isHost(host))) continue;
      report([...root, ...place, index], 'certificate-name-invalid');
    }
  }
}
