import { expect, test } from 'vitest';
import { listText } from '../../../shared/text/list.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `n${index + 1}`);

test('a few names are all listed', () => {
  expect(listText(['node01', 'node02'])).toEqual({ en: 'node01, node02', zh: 'node01、node02' });
  expect(listText(names(20)).en).toMatch(/n20$/);
});

test('of thousands the first are listed and the others counted', () => {
  const { en, zh } = listText(names(5000));
  expect(en).toMatch(/^n1, n2, .*n20 and 4980 more$/);
  expect(zh).toMatch(/^n1、n2、.*n20 等 5000 个$/);
});
