import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../..');

/** The module itself, the table of systems, and catalogues that suggest commands to an operator. */
const allowed = [
  'agent/machine/packages/',
  'shared/packages/',
  'shared/systems.ts',
  'shared/preflight/',
  'shared/diagnosis/failures/',
  'shared/errors/catalogue/',
];

test('only the packages module names a package manager', () => {
  const named = ['agent', 'coordinator', 'shared']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((path) => /\.tsx?$/.test(path) && !allowed.some((prefix) => path.startsWith(prefix)))
    .filter((path) => /\b(dpkg|apt|dnf|yum)\b|\bapt[A-Z]/.test(code(readFileSync(join(root, path), 'utf8'))));
  expect(named).toEqual([]);
});

/** Without comments, which may contain an example. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
