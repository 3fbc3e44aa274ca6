import { expect, test } from 'vitest';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { syntaxReasons } from '../../../shared/plan/problems/syntax.ts';
import { planText, problemsOf } from './plan-text.ts';

test('an empty file is refused', () => {
  expect(problemsOf('')).toEqual(['1: : plan-mapping-invalid']);
});

test('a file that is a list is refused with the same code', () => {
  expect(problemsOf('- a\n')).toEqual(['1: : plan-mapping-invalid']);
});

test('broken YAML is reported with its line', () => {
  expect(problemsOf('cluster: demo\nhosts: [a\nnetwork: x\n')).toContainEqual(
    expect.stringMatching(/^[23]: : yaml-invalid$/),
  );
});

test.each([
  ['a tab as indentation', 'a:\n\tb: 1\n', 'TAB_AS_INDENT'],
  ['a quote that is not closed', 'a: "b\n', 'MISSING_CHAR'],
  ['a value that starts with a reserved character', 'a: @b\n', 'BAD_SCALAR_START'],
  ['a mapping on the line of its key', 'a: b: c\n', 'BLOCK_AS_IMPLICIT_KEY'],
  ['a wrong indentation', 'a:\n    b: 1\n  c: 2\n', 'BAD_INDENT'],
] as const)('%s is explained in both languages, with its column', (_, text, code) => {
  const messages = parsePlan(text, { readFile: () => '' }).problems.map(({ message }) => message);
  const reason = syntaxReasons[code];
  expect(messages).toContainEqual({
    en: expect.stringMatching(new RegExp(`^invalid YAML at column \\d+: ${reason?.en}$`)),
    zh: expect.stringMatching(new RegExp(`^第 \\d+ 列的 YAML 无效：${reason?.zh}$`)),
  });
});

test('an alias without an anchor is reported with its line', () => {
  expect(problemsOf('a: 1\nb: *c\n')).toEqual(['2: : yaml-alias-unknown']);
});

test('a duplicate key is reported at its second line', () => {
  expect(problemsOf(`${planText()}cluster: other\n`)).toEqual([expect.stringMatching(/^1[0-9]: : yaml-invalid$/)]);
});

test('a second document is refused', () => {
  expect(problemsOf(`${planText()}---\ncluster: b\n`)).toEqual([
    expect.stringMatching(/^\d+: : yaml-second-document$/),
  ]);
});

test('aliases that multiply are refused before they fill the memory', () => {
  const level = (name: string, inner: string) => `${name}: &${name} [${Array(9).fill(inner).join(', ')}]\n`;
  const names = [...'abcdefghij'];
  const bomb = names.map((name, index) => level(name, index === 0 ? 'x' : `*${names[index - 1]}`)).join('');
  expect(problemsOf(bomb)).toEqual(['1: : yaml-too-many-aliases']);
});

test('an anchor that contains itself is refused', () => {
  expect(problemsOf('a: &a [*a]')).toEqual(['1: : yaml-circular']);
});

test('an ordinary alias is read, and its problems point at the anchor’s line', () => {
  const plan = planText({ hosts: undefined });
  const text = (label: string) => `${plan}hosts:
  - {name: master01, address: 10.1.0.1, role: control-plane}
  - {name: node01, address: 10.1.0.2, role: worker, labels: &common {disk: ${label}}}
  - {name: node02, address: 10.1.0.3, role: worker, labels: *common}
`;
  expect(problemsOf(text('ssd'))).toEqual([]);
  const line =
    text('')
      .split('\n')
      .findIndex((one) => one.includes('&common')) + 1;
  expect(problemsOf(text('not valid'))).toEqual(
    [1, 2].map((host) => `${line}: hosts[${host}].labels.disk: label-value-invalid`),
  );
});

test('merge keys are read, and problems of merged values point at the anchor’s line', () => {
  const text = (role: string) => `${planText({ hosts: undefined })}hosts:
  - &node {name: master01, address: 10.1.0.1, role: control-plane}
  - &worker {<<: *node, name: node01, address: 10.1.0.2, role: ${role}}
  - {<<: [*worker], name: node02, address: 10.1.0.3}
`;
  expect(problemsOf(text('worker'))).toEqual([]);
  const line =
    text('')
      .split('\n')
      .findIndex((one) => one.includes('&worker')) + 1;
  expect(problemsOf(text('slave'))).toEqual([1, 2].map((host) => `${line}: hosts[${host}].role: role-invalid`));
});

test.each([
  ['a merge key without a mapping', 'a: {<<: text}\n', 'yaml-merge-invalid'],
  ['a template', 'cluster: {{ name }}\n', 'yaml-key-unusable'],
  ['a list as a key', '? [a]\n: 1\n', 'yaml-key-unusable'],
  ['a key that JavaScript reserves', 'hosts: [{labels: {__proto__: x}}]\n', 'yaml-key-unusable'],
  ['an unknown tag', 'cluster: !vault demo\n', 'yaml-invalid'],
])('%s is refused', (_, text, code) => {
  expect(problemsOf(text)).toEqual([`1: : ${code}`]);
});

test('the line ends of old editors are accepted', () => {
  expect(problemsOf(planText().replaceAll('\n', '\r'))).toEqual([]);
  expect(problemsOf(planText({ cluster: 'Demo' }).replaceAll('\n', '\r'))).toEqual(['1: cluster: name-invalid']);
});

test('unexpected characters after a first error are left out', () => {
  expect(problemsOf(`{{- if .Values.x }}\n${planText()}`)).toHaveLength(1);
});

test('nesting that would overflow the stack is refused', () => {
  expect(problemsOf(`a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toEqual([
    expect.stringMatching(/: yaml-too-deep$/),
  ]);
});

test('anything but UTF-8 is refused', () => {
  const latin1 = Buffer.from('cluster: d\xe9mo\n', 'latin1').toString('utf8');
  expect(problemsOf(latin1)).toEqual(['1: : file-not-utf8']);
});

test('a huge file is refused without being parsed', () => {
  expect(problemsOf(`a: ${'x'.repeat(50_000_000)}`)).toEqual(['1: : file-too-long']);
});

test('a byte order mark and Windows line ends are accepted', () => {
  expect(problemsOf(`\uFEFF${planText().replaceAll('\n', '\r\n')}`)).toEqual([]);
});

test('terminal control codes are removed from what is shown', () => {
  const text = planText({ cluster: '\u001b[31mred\u001b[0m' });
  const [problem] = parsePlan(text, { readFile: () => '' }).problems;
  expect(problem).toMatchObject({ path: 'cluster', seen: { en: expect.stringContaining('red') } });
  expect(problem?.message.en).not.toContain('\u001b');
  expect(problem?.message.zh).not.toContain('\u001b');
});

test('a password in a URL is not shown', () => {
  const runtime = { name: 'containerd', registryMirrors: ['https://me:secret@mirror.example.com'] };
  const [problem] = parsePlan(planText({ runtime }), { readFile: () => '' }).problems;
  expect(JSON.stringify(problem)).not.toContain('secret');
  expect(problem?.seen?.en).toBe('"https://***@mirror.example.com"');
});
