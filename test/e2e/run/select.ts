import { matchesGlob } from 'node:path';
import { type Area, type AreaName, areaNames, areas, core } from './areas.ts';

export interface Selection {
  /** Have to run: the core, and the first file of each area whose sources have changed. */
  required: readonly string[];
  /** Run while there is time, in this order: the other files of these areas come first. */
  others: readonly string[];
  touched: readonly AreaName[];
}

/** An area's first file, where it names one, then the others. */
function inOrder(name: AreaName, files: readonly string[]): string[] {
  const { first }: Area = areas[name];
  return first === undefined
    ? [...files]
    : files.toSorted((a, b) => Number(b.endsWith(first)) - Number(a.endsWith(first)));
}

const areaOf = (file: string) => file.split('/')[0] ?? '';

/**
 * The areas whose sources or tests are among the changed files (paths below the repository's root); null: nobody knows
 * what has changed.
 */
export function touchedAreas(changed: readonly string[] | null): AreaName[] {
  if (changed === null) return [];
  return areaNames.filter((name) => {
    const globs = [...areas[name].sources, `test/e2e/${name}/**`];
    return changed.some((file) => globs.some((glob) => matchesGlob(file, glob)));
  });
}

/** So many areas, the most important ones, can run within the limit of a run on a slow machine. */
const most = 7;

/**
 * Which of the files (below test/e2e) a change has to run, and in which order the others follow: those of the touched
 * areas, then the rest. `turn`: a number that grows with the changes, so that each area comes first in its turn.
 */
export function select(files: readonly string[], changed: readonly string[] | null, turn: number): Selection {
  const touched = touchedAreas(changed);
  const inAreas = (names: readonly AreaName[]) =>
    names.flatMap((name) =>
      inOrder(
        name,
        files.filter((file) => areaOf(file) === name),
      ),
    );
  const firsts = (names: readonly AreaName[]) => names.flatMap((name) => inAreas([name]).slice(0, 1));
  const required = [...new Set([...core, ...firsts(touched.slice(0, most))])].filter((file) => files.includes(file));
  const start = turn % areaNames.length;
  const rotated = [...areaNames.slice(start), ...areaNames.slice(0, start)];
  const touchedInTurn = rotated.filter((name) => touched.includes(name));
  const next = [...firsts(touchedInTurn), ...inAreas(touchedInTurn), ...inAreas(rotated)];
  const others = [...new Set(next)].filter((file) => !required.includes(file));
  return { required, others, touched };
}
