import { describe, expect, test } from 'vitest';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { formatProblem } from '../../../shared/plan/problem.ts';
import { required } from '../../../shared/plan/problems/required.ts';
import { rules } from '../../../shared/plan/problems/rules/index.ts';
import { warnings } from '../../../shared/plan/problems/warnings.ts';
import { planText, problemsOf } from './plan-text.ts';

test('every problem is reported at once, in line order, each with its own', () => {
  const text = `cluster: demo
kubernetes:
  version: 1.24.0
runtime: dockerd
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
    '4: runtime: runtime-invalid',
    '10: hosts[0].address: ipv4-invalid',
    '13: hosts[1].address: address-in-pod-subnet',
    '14: hosts[1].rule: key-unknown',
    '16: hosts[2].name: name-taken',
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

describe('the text of a problem', () => {
  const textsOf = (sections: Record<string, unknown>) =>
    parsePlan(planText(sections), { readFile: () => '' }).problems.map((problem) => formatProblem('p.yaml', problem));

  test('states the value that was read and the required one, in both languages', () => {
    expect(textsOf({ cluster: 'Demo' })).toEqual([
      {
        en: `p.yaml:1: cluster: "Demo" is invalid; required: ${required['name-invalid'].en}`,
        zh: `p.yaml:1: cluster: "Demo" 无效；要求：${required['name-invalid'].zh}`,
      },
    ]);
  });

  test('says of a missing value that it is missing', () => {
    const [problem] = textsOf({ cluster: null });
    expect(problem?.en).toContain('cluster: missing; ');
    expect(problem?.zh).toContain('cluster: 缺失；');
  });

  test('describes lists and mappings in the language of the text', () => {
    const [problem] = textsOf({ hosts: { a: 1 } });
    expect(problem?.en).toContain('a mapping is invalid');
    expect(problem?.zh).toContain('映射无效');
  });

  test('suggests the key that was meant, or lists the allowed keys', () => {
    expect(textsOf({ kubernets: 1 })[0]?.en).toContain('did you mean kubernetes?');
    expect(textsOf({ kubernets: 1 })[0]?.zh).toContain('kubernetes？');
    expect(textsOf({ quux: 1 })[0]?.zh).toContain('cluster、kubernetes、');
  });
});

test('every text exists in Chinese', () => {
  const texts = [...Object.values(required), ...Object.values({ ...rules, ...warnings }).map(({ message }) => message)];
  expect(texts.filter(({ zh }) => !/\p{Script=Han}/u.test(zh))).toEqual([]);
});
