import { matchesGlob } from 'node:path';
import { type AreaName, areaNames, areas, core } from './areas.ts';

export interface Selection {
  /** Have to run: the core, and the areas whose sources have changed. */
  required: readonly string[];
  /** Run while there is time, in this order. */
  others: readonly string[];
  touched: readonly AreaName[];
}

const areaOf = (file: string) => file.split('/')[0] ?? '';

/** The areas whose sources or tests are among the changed files (paths below the repository's root); null: nobody knows what has changed. */
export function touchedAreas(changed: readonly string[] | null): AreaName[] {
  if (changed === null) return [];
  return areaNames.filter((name) => {
    const globs = [...areas[name].sources, `test/e2e/${name}/**`];
    return changed.some((file) => globs.some((glob) => matchesGlob(file, glob)));
  });
}

/**
 * Which of the files (below test/e2e) a change has to run, and in which order the others follow. `turn`: a number that grows
 * with the changes, so that each area comes first in its turn.
 */
export function select(files: readonly string[], changed: readonly string[] | null, turn: number): Selection {
  const touched = touchedAreas(changed);
  const inAreas = (names: readonly string[]) => names.flatMap((name) => files.filter((file) => areaOf(file) === name));
  const required = [...new Set([...core, ...inAreas(touched)])].filter((file) => files.includes(file));
  const start = turn % areaNames.length;
  const rotated = [...areaNames.slice(start), ...areaNames.slice(0, start)];
  return { required, others: inAreas(rotated).filter((file) => !required.includes(file)), touched };
}
