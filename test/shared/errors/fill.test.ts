import { expect, test } from 'vitest';
import { fill } from '../../../shared/errors/fill.ts';

test('parameters are filled in for each language', () => {
  const template = { en: 'no {what} on {hosts}', zh: '{hosts} 上没有{what}' };
  const what = { en: 'disk', zh: '磁盘' };
  expect(fill(template, { what, hosts: ['node01', 'node02'] })).toEqual({
    en: 'no disk on node01, node02',
    zh: 'node01、node02 上没有磁盘',
  });
});

test('a template without languages serves both, and a missing parameter stays visible', () => {
  expect(fill('{a} and {b}', { a: 1 })).toEqual({ en: '1 and {b}', zh: '1 and {b}' });
});

test('inserted text is not filled in again', () => {
  expect(fill('{a}', { a: '{b}', b: 'no' }).en).toBe('{b}');
});
