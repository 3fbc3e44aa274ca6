import { expect, test } from 'vitest';
import { deepMerge } from '../../../shared/kubeadm/merge.ts';

test('objects are merged, anything else is replaced', () => {
  const base = { a: { b: 1, c: [1, 2] }, d: 'old' };
  expect(deepMerge(base, { a: { c: [3] }, d: null, e: true })).toEqual({ a: { b: 1, c: [3] }, d: null, e: true });
  expect(base).toEqual({ a: { b: 1, c: [1, 2] }, d: 'old' });
});

test('lists of named arguments are merged by name', () => {
  const base = {
    args: [
      { name: 'v', value: '2' },
      { name: 'port', value: '1' },
    ],
  };
  expect(deepMerge(base, { args: [{ name: 'v', value: '5' }] })).toEqual({
    args: [
      { name: 'port', value: '1' },
      { name: 'v', value: '5' },
    ],
  });
});
