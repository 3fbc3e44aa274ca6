import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pages } from './pages.ts';

const root = join(import.meta.dirname, '../../..');

/** Writes the generated pages of docs/reference. */
for (const { path, content } of pages) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content());
  process.stdout.write(`${path}\n`);
}
