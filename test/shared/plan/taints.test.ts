import { expect, test } from 'vitest';
import { readTaint } from '../../../shared/plan/taints.ts';

test.each([
  ['spot=yes:PreferNoSchedule', { key: 'spot', value: 'yes', effect: 'PreferNoSchedule' }],
  ['spot:NoExecute', { key: 'spot', effect: 'NoExecute' }],
  ['spot=:NoSchedule', { key: 'spot', effect: 'NoSchedule' }],
  ['example.com/gpu=a:NoSchedule', { key: 'example.com/gpu', value: 'a', effect: 'NoSchedule' }],
])('%s is a taint', (text, taint) => expect(readTaint(text)).toEqual(taint));

test('a taint may be written as an object', () => {
  const taint = { key: 'spot', value: 'yes', effect: 'NoSchedule' } as const;
  expect(readTaint(taint)).toEqual(taint);
});

test.each(['spot', 'spot:Never', ':NoSchedule', 'a=b=c:NoSchedule', 'spot=yes'])('%j is not a taint', (text) => {
  expect(readTaint(text)).toBeNull();
});
