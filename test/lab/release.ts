import path from 'node:path';
import process from 'node:process';
import { isArch } from '../../deploy/build/arch.ts';
import { cacheFolder } from '../../deploy/build/cache.ts';
import { buildReleases } from '../../deploy/build/release.ts';
import { LabError } from './lab-error.ts';
import { labPaths } from './layout.ts';

/** Builds the release archive of this source tree for this machine, as `npm run build` does; returns its path. */
export async function buildRelease(say: (line: string) => void): Promise<string> {
  if (!isArch(process.arch)) throw new LabError('lab-arch', `there is no release for ${process.arch}`);
  const [archive] = await buildReleases({
    root: path.resolve(import.meta.dirname, '../..'),
    out: labPaths.release,
    cache: cacheFolder(),
    arches: [process.arch],
    fresh: false,
    progress: ({ part, bytes }) => {
      if (bytes === null) say(`Building ${part}`);
    },
  });
  if (archive === undefined) throw new Error('no archive was built');
  return archive;
}
