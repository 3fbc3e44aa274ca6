import { expect, test } from 'vitest';
import { parsePlan } from '../../../shared/plan/parse.ts';
import { planText, problemsOf } from './plan-text.ts';

const valid = planText();

test.each([
  ['a colon', valid.replace('cluster: demo', 'cluster：demo'), 1],
  ['a colon in a flow mapping', valid.replace(/hosts:.*/s, 'hosts:\n  - {name：master01}\n'), 9],
  ['a comma', valid.replace(/hosts:.*/s, 'hosts: [{name: a， address: 10.1.0.1, role: worker}]\n'), 8],
  ['quotes', valid.replace('cluster: demo', 'cluster: “demo”'), 1],
  ['a space', valid.replace('  version', '\u3000\u3000version'), 3],
  ['a non-breaking space', valid.replace('  version', '\u00a0\u00a0version'), 3],
  ['a hyphen', valid.replace('  - name: node01', '  － name: node01'), 12],
  ['a digit', valid.replace('192.168.0.131', '192.168.0.13１'), 13],
  ['a bracket', valid.replace(/hosts:.*/s, 'hosts: ［a］\n'), 8],
])('%s of an input method is named with its line', (_, text, line) => {
  expect(problemsOf(text)).toContainEqual(expect.stringMatching(new RegExp(`^${line}: : fullwidth-`)));
});

test('the problem shows the character and the one to use', () => {
  const [problem] = parsePlan(valid.replace('cluster: demo', 'cluster：demo'), { readFile: () => '' }).problems;
  expect(problem?.message.en).toMatch(/column 8 .*：.*use :/);
});

test('Chinese text in comments, in quotes and in values is accepted', () => {
  const text = `# 集群：演示，三台主机\n${planText({
    preflight: { lower: { 'cpu-count': { reason: '实验主机，只有一个 CPU' } } },
  })}`;
  expect(problemsOf(text)).toEqual([]);
  expect(problemsOf(text.replace('cluster: demo', 'cluster: Demo'))).toEqual(['2: cluster: name-invalid']);
});
