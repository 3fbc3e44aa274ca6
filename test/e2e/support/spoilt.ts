import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { labPaths } from '../../lab/layout.ts';

const mark = `${labPaths.hosts}/spoilt`;

/** A test has failed half-way: nobody knows what the lab's hosts are like. */
export function spoilLab(): void {
  mkdirSync(labPaths.hosts, { recursive: true });
  writeFileSync(mark, '');
}

export const isLabSpoilt = () => existsSync(mark);
/** The hosts are new. */
export const labIsNew = () => rmSync(mark, { force: true });
