import { expect, test } from 'vitest';
import { parsePlan } from '../../../../shared/plan/parse.ts';
import { planText, problemsOf } from '../plan-text.ts';

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

test.each([
  ['a zero-width space', 'node01', 'node\u200b01', '12: : invisible-character'],
  ['a mark of direction', '192.168.0.131', '192.168.0.131\u200e', '13: : invisible-character'],
  ['a byte order mark within', 'network:', '\ufeffnetwork:', '5: : invisible-character'],
  ['a soft hyphen', 'control-plane', 'control\u00adplane', '11: : invisible-character'],
  ['a combining accent', 'node01', 'node\u030101', '12: : invisible-character'],
  ['a control character', 'demo', 'de\u0007mo', '1: : invisible-character'],
  ['a line separator', 'cluster: demo\n', 'cluster: demo\u2028', '1: : invisible-character'],
  ['a thin space', '  version', '\u2009\u2009version', '3: : fullwidth-space'],
  ['a narrow space', 'cluster: demo', 'cluster:\u202fdemo', '1: : fullwidth-space'],
  ['a non-breaking hyphen', 'control-plane', 'control\u2011plane', '11: : fullwidth-character'],
  ['a minus', 'control-plane', 'control\u2212plane', '11: : fullwidth-character'],
  ['quotes of other languages', '1.30.2', '„1.30.2“', '3: : fullwidth-character'],
  ['corner brackets', '1.30.2', '「1.30.2」', '3: : fullwidth-character'],
  ['a middle dot', '192.168.0.131', '192·168·0·131', '13: : fullwidth-character'],
  ['a full-width digit in quotes', '192.168.0.131', '"１92.168.0.131"', '13: : fullwidth-character'],
  ['a Cyrillic letter of a key', 'cluster:', '\u0441luster:', '1: : foreign-letter'],
  ['a Cyrillic letter of a value', 'role: worker', 'role: w\u043erker', '14: : foreign-letter'],
  ['a Greek letter', 'runtime:', 'run\u03c4ime:', '4: : foreign-letter'],
  ['a Latin letter beyond z', 'containerd', 'conta\u0131nerd', '4: : foreign-letter'],
])('%s is named, and nothing that follows from it', (_, from, to, problem) => {
  expect(problemsOf(valid.replace(from, to))).toEqual([problem]);
});

test('a value is shown with escapes for what nobody sees', () => {
  const [problem] = parsePlan(planText({ cluster: 'a\u001b\u200bb' }), { readFile: () => '' }).problems;
  expect(problem?.seen?.en).toBe(String.raw`"a\u001b\u200bb"`);
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
