import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The licence texts of all npm packages in a bundle, and muster's own. `inputs`: source files, relative to the
 * repository.
 */
export async function licencesOf(root: string, inputs: readonly string[]): Promise<string> {
  const folders = inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0] ?? []);
  const texts = await Promise.all([...new Set(folders)].sort().map((folder) => licence(path.join(root, folder))));
  return [`muster\n\n${await readFile(path.join(root, 'LICENSE'), 'utf8')}`, ...texts].join(`\n${'-'.repeat(80)}\n`);
}

async function licence(folder: string): Promise<string> {
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
  const file = (await readdir(folder)).sort().find((name) => /^licen[cs]e/i.test(name));
  const text = file === undefined ? '' : `\n${await readFile(path.join(folder, file), 'utf8')}`;
  return `${manifest.name} ${manifest.version} (${manifest.license})\n${text}`;
}
