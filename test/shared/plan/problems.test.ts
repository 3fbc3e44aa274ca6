import { expect, test } from 'vitest';
import { problemsOf } from './plan-text.ts';

test('every problem is reported at once, in line order, each with its own', () => {
  const text = `cluster: demo
kubernetes:
  version: 1.24.0
runtime: docker
network:
  podSubnet: 192.168.0.0/16
  plugin: {calico: v3.24.1}
hosts:
  - name: master01
    address: 192.168.0.300
    role: control-plane
  - name: node01
    address: 192.168.0.131
    rule: worker
    role: worker
  - {name: node01, address: 10.0.0.1, role: worker}
`;
  expect(problemsOf(text)).toEqual([
    expect.stringMatching(/^4: runtime: /),
    expect.stringMatching(/^10: hosts\[0\]\.address: read "192\.168\.0\.300"; an IPv4 address is needed$/),
    expect.stringMatching(/^13: hosts\[1\]\.address: .*pod subnet/),
    expect.stringMatching(/^14: hosts\[1\]\.rule: there is no such key: did you mean `role`\?$/),
    expect.stringMatching(/^16: hosts\[2\]\.name: .*hosts\[1\] has this name already/),
  ]);
});

test.each([
  ['a package source', 'kubernetes: {version: 1.23.0, packages: alyun}\nnetwork: {plugin: {calico: v3.24.1}}'],
  ['a release', 'kubernetes: {version: 1.30.0}\nnetwork: {plugin: {calico: latest}}'],
  [
    'a subnet',
    'kubernetes: {version: 1.30.0}\nnetwork: {podSubnet: [], serviceSubnet: 10.244.0.0/16, plugin: {calico: v3.24.1}}',
  ],
  [
    'a key',
    'kubernetes: {version: 1.30.0, packages: {url: http://m, suite: /, key: {file: 1}}}\nnetwork: {plugin: {calico: v3.24.1}}',
  ],
])('a wrongly written %s is one problem, not also a missing one', (_, sections) => {
  const hosts = 'hosts: [{name: master01, address: 10.1.0.1, role: control-plane}]';
  expect(problemsOf(`cluster: demo\n${sections}\n${hosts}\n`)).toHaveLength(1);
});
