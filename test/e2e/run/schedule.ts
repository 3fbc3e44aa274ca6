import type { Outcome } from './vitest.ts';

export interface Schedule {
  required: readonly string[];
  others: readonly string[];
  /**
   * No file of the others begins later than this, in seconds from now; no required one and no second try later than
   * `graceSeconds` after it.
   */
  limitSeconds: number;
  graceSeconds: number;
  run(file: string): Promise<Outcome>;
  /** Called after each failed file: nobody knows what the hosts are like now. */
  onFailure(): void;
  /** Milliseconds; of any origin. */
  now(): number;
}

export interface Result {
  /** By file, in the order in which they ran; of a file that ran twice the second outcome. */
  outcomes: ReadonlyMap<string, Outcome>;
  /** Failed at first and passed on new hosts. */
  secondTries: readonly string[];
  leftOut: { required: readonly string[]; others: readonly string[] };
}

/** With so many failed files the machine is not the cause: the run ends. */
const enough = 3;

const hasFailed = ({ failed }: Outcome) => failed > 0;

/**
 * Runs the required files, then the others while there is time. A wait can end in vain on a busy machine, while a real
 * error fails twice: files that failed are tried once more at the end, on new hosts.
 */
export async function runSchedule(schedule: Schedule): Promise<Result> {
  const { run, onFailure, now } = schedule;
  const started = now();
  const seconds = () => (now() - started) / 1000;
  const outcomes = new Map<string, Outcome>();
  const failures = () => [...outcomes].filter(([, outcome]) => hasFailed(outcome)).map(([file]) => file);

  async function runAll(files: readonly string[], lastBegin: number): Promise<string[]> {
    const left = [...files];
    for (let file = left[0]; file !== undefined; file = left[0]) {
      if (seconds() > lastBegin || failures().length >= enough) return left;
      left.shift();
      const outcome = await run(file);
      outcomes.set(file, outcome);
      if (hasFailed(outcome)) onFailure();
    }
    return left;
  }

  const late = schedule.limitSeconds + schedule.graceSeconds;
  const required = await runAll(schedule.required, late);
  const others = await runAll(schedule.others, schedule.limitSeconds);
  const failed = failures();
  if (failed.length < enough) await runAll(failed, late);
  const secondTries = failed.filter((file) => !failures().includes(file));
  return { outcomes, secondTries, leftOut: { required, others } };
}

/** A run is green when every file that ran passed and every required file ran. */
export const isGreen = ({ outcomes, leftOut }: Result): boolean =>
  leftOut.required.length === 0 && ![...outcomes.values()].some(hasFailed);
