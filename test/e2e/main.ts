import { glob } from 'node:fs/promises';
import { Command, InvalidArgumentError, Option } from 'commander';
import { areaNames, areas, core } from './run/areas.ts';
import { baseCommit, changedFiles, commitCount } from './run/changes.ts';
import { isGreen, runSchedule } from './run/schedule.ts';
import { type Selection, select } from './run/select.ts';
import { summaryOf } from './run/summary.ts';
import { runFile } from './run/vitest.ts';
import { spoilLab } from './support/spoilt.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Required files and second tries may begin so much later than others. */
const graceSeconds = 480;

interface Options {
  area: string[];
  base?: string;
  minutes: number;
  list?: boolean;
}

function minutes(text: string): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('A number of minutes.');
  return value;
}

async function testFiles(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('*/*.test.ts', { cwd: import.meta.dirname }))
    if (!file.startsWith('run/')) found.push(file);
  return found.sort();
}

async function byChange(files: readonly string[], asked: string | undefined): Promise<Selection> {
  const base = await baseCommit(asked);
  const turn = await commitCount();
  const selection = select(files, base === null ? null : await changedFiles(base), turn);
  const touched = selection.touched.join(', ') || 'none';
  say(`Changed since ${base?.slice(0, 10) ?? 'nobody knows when'}: areas touched: ${touched}`);
  say(`Others begin with the area ${areaNames[turn % areaNames.length]} (${turn} commits)`);
  return selection;
}

function named(files: readonly string[], areasAsked: readonly string[], words: readonly string[]): Selection {
  const required = files.filter(
    (file) => areasAsked.some((area) => file.startsWith(`${area}/`)) || words.some((word) => file.includes(word)),
  );
  if (required.length === 0) throw new Error(`no file of tests matches ${words.join(' ')}; see --list`);
  return { required, others: [], touched: [] };
}

function list(files: readonly string[], { required, others }: Selection): void {
  for (const name of areaNames) {
    say(`${name.padEnd(12)} ${areas[name].shows}`);
    for (const file of files.filter((one) => one.startsWith(`${name}/`)))
      say(`  ${file}${core.includes(file) ? '   (core)' : ''}`);
  }
  say(`\nWould run: ${required.join(', ')}`);
  if (others.length > 0) say(`Then, while there is time: ${others.join(', ')}`);
}

async function main(words: string[], options: Options): Promise<void> {
  const files = await testFiles();
  const isNamed = words.length > 0 || options.area.length > 0;
  const selection = isNamed ? named(files, options.area, words) : await byChange(files, options.base);
  if (options.list === true) return list(files, selection);
  say(`Required: ${selection.required.join(', ')}`);
  const result = await runSchedule({
    ...selection,
    limitSeconds: options.minutes * 60,
    graceSeconds,
    run: runFile,
    onFailure: spoilLab,
    now: () => performance.now(),
  });
  say(summaryOf(result));
  process.exitCode = isGreen(result) ? 0 : 1;
}

await new Command('test:e2e')
  .description(
    'Tests on the real lab. Runs the core (bring-up on both runtimes, each with a rejoin, and induced failures) and the ' +
      'first file of the areas whose sources have changed, then the rest of these areas, then the other areas, both in ' +
      'rotation. What did not run is listed at the end; ' +
      'a required file that did not run fails the run.',
  )
  .argument('[file...]', 'only the files whose path has one of these in it, such as recovery/worker')
  .addOption(new Option('--area <name...>', 'only these areas').choices(areaNames).default([], 'by what has changed'))
  .addOption(new Option('--base <commit>', 'the commit that the change is measured from').env('MUSTER_E2E_BASE'))
  .addOption(
    new Option('--minutes <n>', 'begin no file that is not required after so many minutes')
      .env('MUSTER_E2E_MINUTES')
      .argParser(minutes)
      .default(Number.POSITIVE_INFINITY, 'no limit'),
  )
  .option('--list', 'list the areas and what would run, and run nothing')
  .action(main)
  .parseAsync();
