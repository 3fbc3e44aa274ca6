import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planText, problemsOf, refuses } from '../plan-text.ts';

const kubernetes = (version: string) => ({ version, packages: 'aliyun' });

refuses([
  ...[
    'https://github.com/flannel-io/flannel/blob/master/Documentation/kube-flannel.yml',
    'https://gitee.com/mirrors/flannel/blob/master/Documentation/kube-flannel.yml?raw=1',
    'https://gitlab.corp.example/k8s/cni/-/blob/main/calico.yaml',
  ].map(
    (manifest) =>
      [`the page ${manifest}`, { network: { plugin: { manifest } } }, 'network.plugin.manifest: manifest-is-page'] as [
        string,
        Record<string, unknown>,
        string,
      ],
  ),
  ['Calico before 3.24', { network: { plugin: { calico: 'v3.23.5' } } }, 'network.plugin.calico: calico-too-old'],
  [
    'Calico 3.24 on Kubernetes 1.20',
    { kubernetes: kubernetes('1.20.2'), network: { plugin: { calico: 'v3.24.1' } } },
    'network.plugin.calico: calico-too-new',
  ],
  ['Flannel 0.14', { network: { plugin: { flannel: 'v0.14.0' } } }, 'network.plugin.flannel: flannel-too-old'],
  ['Flannel 0.20.1', { network: { plugin: { flannel: '0.20.1' } } }, 'network.plugin.flannel: flannel-too-old'],
]);

const warningsOf = (plugin: unknown, runtime: unknown, version = '1.30.2') =>
  parsePlan(planText({ kubernetes: kubernetes(version), network: { plugin }, runtime }), {
    readFile: () => '',
  }).warnings.map(({ path, code }) => `${path}: ${code}`);
const mirrored = (name: string, registryMirrors: unknown) => ({ name, registryMirrors });

test('images on a registry that the planned mirrors do not serve are a warning', () => {
  const list = ['https://mirror.example.com'];
  expect(warningsOf({ flannel: 'v0.27.4' }, mirrored('containerd', list))).toEqual([
    'network.plugin.flannel: images-not-mirrored',
  ]);
  expect(warningsOf({ calico: 'v3.31.0' }, mirrored('docker', list), '1.23.0')).toEqual([
    'network.plugin.calico: calico-untested',
    'network.plugin.calico: images-not-mirrored-docker',
  ]);
});

test('no warning where a mirror serves them, or none is planned', () => {
  const list = ['https://mirror.example.com'];
  expect(warningsOf({ calico: 'v3.24.1' }, mirrored('docker', list), '1.23.0')).toEqual([]);
  expect(warningsOf({ flannel: 'v0.27.4' }, 'containerd')).toEqual([]);
  expect(warningsOf({ flannel: 'v0.27.4' }, mirrored('containerd', { 'docker.io': list, 'ghcr.io': list }))).toEqual(
    [],
  );
});

test('a release of Calico that was not tested with the Kubernetes version is a warning', () => {
  expect(warningsOf({ calico: 'v3.25.2' }, 'containerd', '1.30.2')).toEqual(['network.plugin.calico: calico-untested']);
  expect(warningsOf({ calico: 'v3.25.2' }, 'containerd', '1.24.17')).toEqual([]);
  expect(warningsOf({ calico: 'v3.99.0' }, 'containerd', '1.30.2')).toEqual([]);
});

test('GitHub’s address of the file itself is accepted', () => {
  const manifest = 'https://github.com/flannel-io/flannel/blob/master/Documentation/kube-flannel.yml?raw=true';
  expect(problemsOf(planText({ network: { plugin: { manifest } } }))).toEqual([]);
});
