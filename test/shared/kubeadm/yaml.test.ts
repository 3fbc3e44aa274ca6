import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { kubernetesYaml } from '../../../shared/kubeadm/yaml.ts';

test('every string stays a string for a YAML 1.1 parser', () => {
  const value = { yes: 'yes', on: 'on', count: '1_000', time: '12:30:45', octal: '0o7', date: '2001-01-01', n: 'null' };
  expect(parse(kubernetesYaml(value), { version: '1.1' })).toEqual(value);
  expect(kubernetesYaml({ octal: '0o7' }), 'Go reads 0o7 as a number').toBe('octal: "0o7"\n');
});

test('numbers, booleans and empty objects keep their types', () => {
  const value = { port: 6443, enabled: true, nothing: null, none: {}, list: [1, 'a'] };
  expect(parse(kubernetesYaml(value))).toEqual(value);
});
