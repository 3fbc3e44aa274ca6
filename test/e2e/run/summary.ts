import type { Result } from './schedule.ts';
import type { Outcome } from './vitest.ts';

const duration = (seconds: number) =>
  `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2)} s`;

const sum = (outcomes: Iterable<Outcome>, key: 'passed' | 'failed' | 'skipped') =>
  [...outcomes].reduce((total, outcome) => total + outcome[key], 0);

/** The end of a run: each file's time, what did not run, and the closing line that any tool can read. */
export function summaryOf({ outcomes, secondTries, leftOut }: Result): string {
  const rows = [...outcomes].map(([file, { failed, seconds }]) => {
    const state = failed > 0 ? 'failed' : secondTries.includes(file) ? 'passed at the second try' : 'passed';
    return `  ${file.padEnd(34)} ${duration(seconds).padStart(12)}  ${state}`;
  });
  const missing = leftOut.required.length > 0 ? [`Not run, although required: ${leftOut.required.join(', ')}`] : [];
  const skipped = leftOut.others.length > 0 ? [`Not run (not required): ${leftOut.others.join(', ')}`] : [];
  const all = [...outcomes.values()];
  const closing = `${sum(all, 'passed')} passed, ${sum(all, 'failed')} failed, ${sum(all, 'skipped')} skipped`;
  return ['', ...rows, '', ...missing, ...skipped, closing, ''].join('\n');
}
