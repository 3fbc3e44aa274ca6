import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Progress } from '../cli/progress.ts';
import { labPaths } from '../layout.ts';

/** Something that takes long to build and is kept. */
export interface Part {
  /** The stamp's file name. */
  name: string;
  title: string;
  /** How long it usually takes, such as "6 min". */
  usual: string;
  /** All that the result depends on: the part is built again when any of it changes. */
  inputs(): Promise<unknown>;
  /** What must exist for the part to count as built. */
  outputs: readonly string[];
  /** May be cut short at any moment and is then started again. */
  build(say: (line: string) => void): Promise<void>;
}

const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** Builds the part unless it is there and up to date. The stamp is written last, so that half a build never counts. */
export async function ensurePart(part: Part, progress: Progress, stamps: string = labPaths.stamps): Promise<void> {
  const stamp = `${stamps}/${part.name}`;
  const wanted = hash(await part.inputs());
  const found = existsSync(stamp) ? await readFile(stamp, 'utf8') : '';
  if (found === wanted && part.outputs.every((output) => existsSync(output))) return;
  await rm(stamp, { force: true });
  await progress.during(part.title, part.usual, (say) => part.build(say));
  await mkdir(stamps, { recursive: true });
  await writeFile(stamp, wanted);
}

/** The contents of files of the lab, as inputs of a part. */
export async function textsOf(...files: string[]): Promise<string[]> {
  return Promise.all(files.map((file) => readFile(file, 'utf8')));
}
