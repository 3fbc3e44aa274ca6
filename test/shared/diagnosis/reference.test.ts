import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { failuresPage } from '../../../shared/diagnosis/reference.ts';

test.each([
  ['en', 'failures.md'],
  ['zh', 'failures.zh-CN.md'],
] as const)('the reference page in %s is as the catalogue is (npm run reference writes it)', async (language, file) => {
  const written = await readFile(new URL(`../../../docs/reference/${file}`, import.meta.url), 'utf8');
  expect(written).toBe(failuresPage(language));
});
