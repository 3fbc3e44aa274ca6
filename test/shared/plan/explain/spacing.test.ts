import { expect, test } from 'vitest';
import { planText, problemsOf } from '../plan-text.ts';

const valid = planText();

test.each([
  ['a colon', 'cluster: demo', 'cluster:demo', '1: : colon-without-space'],
  ['a colon of a nested key', 'version: 1.30.2', 'version:1.30.2', '2: : colon-without-space'],
  ['a colon in a list item', 'name: node01', 'name:node01', '12: : colon-without-space'],
  ['a colon in a flow mapping', /hosts:.*/s, 'hosts: [{name:master01}]\n', '8: : colon-without-space'],
  ['a dash', '- name: node01', '-name: node01', '12: : dash-without-space'],
])('a missing space after %s is named with its line, without what follows from it', (_, from, to, problem) => {
  expect(problemsOf(valid.replace(from, to))[0]).toBe(problem);
});

test('text with a colon where text belongs is left alone', () => {
  const runtime = { name: 'containerd', insecureRegistries: ['harbor:5000'], registryMirrors: ['ftp://m:80'] };
  expect(problemsOf(planText({ runtime }))).toEqual(['9: runtime.registryMirrors[0]: mirror-url-invalid']);
});
