import { expect, test } from 'vitest';
import { planText, problemsOf } from './plan-text.ts';

test('an empty file is refused with the sections that a plan has', () => {
  expect(problemsOf('')).toEqual(['1: read nothing; a mapping with cluster, kubernetes, network and hosts is needed']);
});

test('a file that is a list is refused with the same message', () => {
  expect(problemsOf('- a\n')).toEqual([expect.stringMatching(/^1: read a list; a mapping/)]);
});

test('broken YAML is reported with its line', () => {
  expect(problemsOf('cluster: demo\nhosts: [a\nnetwork: x\n')).toContainEqual(
    expect.stringMatching(/^[23]: this is not valid YAML: /),
  );
});

test('a duplicate key is reported at its second line', () => {
  expect(problemsOf(`${planText()}cluster: other\n`)).toEqual([
    expect.stringMatching(/^1[0-9]: this is not valid YAML: Map keys must be unique/),
  ]);
});

test('a second document is refused', () => {
  expect(problemsOf(`${planText()}---\ncluster: b\n`)).toEqual([
    expect.stringContaining('a second document begins here'),
  ]);
});

test('aliases that multiply are refused before they fill the memory', () => {
  const level = (name: string, inner: string) => `${name}: &${name} [${Array(9).fill(inner).join(', ')}]\n`;
  const names = [...'abcdefghij'];
  const bomb = names.map((name, index) => level(name, index === 0 ? 'x' : `*${names[index - 1]}`)).join('');
  expect(problemsOf(bomb)).toEqual([expect.stringMatching(/^1: this YAML can't be read: .*alias/)]);
});

test('an anchor that contains itself is refused', () => {
  expect(problemsOf('a: &a [*a]')).toEqual([expect.stringContaining('contains itself')]);
});

test('an ordinary alias is read, and its problems point at the anchor’s line', () => {
  const plan = planText({ hosts: undefined });
  const text = `${plan}hosts:
  - {name: master01, address: 10.1.0.1, role: control-plane, labels: &common {disk: ssd}}
  - {name: node01, address: 10.1.0.2, role: worker, labels: *common}
`;
  expect(problemsOf(text)).toEqual([]);
});

test('nesting that would overflow the stack is refused', () => {
  expect(problemsOf(`a: ${'['.repeat(20_000)}${']'.repeat(20_000)}`)).toEqual([expect.stringContaining('too deeply')]);
});

test('anything but UTF-8 is refused', () => {
  const latin1 = Buffer.from('cluster: d\xe9mo\n', 'latin1').toString('utf8');
  expect(problemsOf(latin1)).toEqual(['1: the file is not text in UTF-8; save it as UTF-8']);
});

test('a huge file is refused without being parsed', () => {
  expect(problemsOf(`a: ${'x'.repeat(50_000_000)}`)).toEqual([expect.stringContaining('at most 1048576 are read')]);
});

test('a byte order mark and Windows line ends are accepted', () => {
  expect(problemsOf(`\uFEFF${planText().replaceAll('\n', '\r\n')}`)).toEqual([]);
});

test('terminal control codes are removed from what is shown', () => {
  const [problem] = problemsOf(planText({ cluster: '\u001b[31mred\u001b[0m' }));
  expect(problem).toMatch(/cluster: read /);
  expect(problem).not.toContain('\u001b');
});
