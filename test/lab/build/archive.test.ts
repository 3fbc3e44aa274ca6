import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { packImage } from './archive.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(`${tmpdir()}/muster-archive-`);
});
afterAll(() => rm(folder, { recursive: true }));

const image = {
  name: 'shell:v1',
  files: { '/usr/bin/dash': '/bin/dash' },
  links: { '/bin/sh': '/usr/bin/dash' },
  entrypoint: ['/bin/sh'],
};

it('packs a program with its libraries into an image that names what it holds', async () => {
  const file = `${folder}/shell.tar`;
  await packImage(image, 'registry.example/lab', 'amd64', file);
  await execa('tar', ['-xf', file, '-C', folder]);
  const [manifest] = JSON.parse(await readFile(`${folder}/manifest.json`, 'utf8'));
  expect(manifest.RepoTags).toEqual(['registry.example/lab/shell:v1']);
  const layer = await readFile(`${folder}/${manifest.Layers[0]}`);
  const config = JSON.parse(await readFile(`${folder}/${manifest.Config}`, 'utf8'));
  expect(config.rootfs.diff_ids).toEqual([`sha256:${createHash('sha256').update(layer).digest('hex')}`]);
  const { stdout } = await execa('tar', ['-tf', `${folder}/${manifest.Layers[0]}`]);
  expect(stdout).toContain('./usr/bin/dash');
  expect(stdout).toContain('./bin/sh');
  expect(stdout).toMatch(/\/libc\.so\.6$/m);
});

it('gives the same bytes for the same files', async () => {
  const [first, second] = [`${folder}/first.tar`, `${folder}/second.tar`];
  for (const file of [first, second]) await packImage(image, 'registry.example/lab', 'amd64', file);
  expect((await readFile(first)).equals(await readFile(second))).toBe(true);
});
