import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createProgress } from '../cli/progress.ts';
import { ensurePart } from './part.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(`${tmpdir()}/muster-part-`);
});
afterEach(() => rm(folder, { recursive: true }));

const progress = createProgress(() => {});

function part(input: string) {
  const output = `${folder}/output`;
  const build = vi.fn(() => writeFile(output, input));
  return { name: 'one', title: 'One', usual: '1 s', inputs: async () => [input], outputs: [output], build };
}

const ensure = (one: ReturnType<typeof part>) => ensurePart(one, progress, `${folder}/stamps`);

it('builds a part once', async () => {
  const one = part('a');
  await ensure(one);
  await ensure(one);
  expect(one.build).toHaveBeenCalledTimes(1);
});

it('builds a part again when what it is made of has changed', async () => {
  await ensure(part('a'));
  const changed = part('b');
  await ensure(changed);
  expect(changed.build).toHaveBeenCalledTimes(1);
});

it('builds a part again when its output is missing', async () => {
  const one = part('a');
  await ensure(one);
  await rm(`${folder}/output`);
  await ensure(one);
  expect(one.build).toHaveBeenCalledTimes(2);
});

it('never takes a build that failed half-way for a part', async () => {
  const broken = part('a');
  broken.build.mockImplementationOnce(async () => {
    await writeFile(`${folder}/output`, 'half');
    throw new Error('cut short');
  });
  await expect(ensure(broken)).rejects.toThrow('cut short');
  await ensure(broken);
  expect(broken.build).toHaveBeenCalledTimes(2);
});
