import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../../..');

/** The module itself, the table of systems, and catalogues whose texts give a person a command to run. */
const allowed = [
  'agent/machine/packages/',
  'shared/packages/',
  'shared/systems.ts',
  'shared/preflight/',
  'shared/diagnosis/failures/',
  'shared/errors/catalogue/',
];

test('no source but the module of packages names a package manager', () => {
  const named = ['agent', 'coordinator', 'shared']
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`),
    )
    .filter((path) => /\.tsx?$/.test(path) && !allowed.some((prefix) => path.startsWith(prefix)))
    .filter((path) => /\b(dpkg|apt|dnf|yum)\b|\bapt[A-Z]/.test(code(readFileSync(join(root, path), 'utf8'))));
  expect(named).toEqual([]);
});

/** Without comments, which may give an example. */
const code = (text: string) => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
