import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pages } from '../../../deploy/build/reference/pages.ts';

const root = join(import.meta.dirname, '../../..');

test.each(pages)('$path matches the code (npm run reference writes it)', ({ path, content }) => {
  expect(readFileSync(join(root, path), 'utf8')).toBe(content());
});
