import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { labPaths } from '../../lab/layout.ts';

const mark = `${labPaths.cache}/spoilt`;

/** A test has failed half-way: nobody knows what the lab's hosts are like. */
export const spoilLab = () => writeFileSync(mark, '');
export const isLabSpoilt = () => existsSync(mark);
/** The hosts are new. */
export const labIsNew = () => rmSync(mark, { force: true });
