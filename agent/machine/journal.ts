import type { HostView } from '../host/host.ts';

/** Limits a journal that repeats the same line thousands of times a minute. */
const mostLines = 400;

/** The newest journal lines of these units since this time, oldest first; empty when the journal cannot be read. */
export async function readJournal(
  host: Pick<HostView, 'run'>,
  units: readonly string[],
  since: Date,
): Promise<string[]> {
  const from = `@${Math.floor(since.getTime() / 1000)}`;
  const selected = [...units.flatMap((unit) => ['-u', unit]), '--since', from, '-n', String(mostLines)];
  const args = [...selected, '-o', 'cat', '--no-pager', '--quiet'];
  const { exitCode, stdout } = await host.run('journalctl', args, { timeoutMs: 10_000 });
  return exitCode === 0 ? stdout.split('\n').filter((line) => line !== '') : [];
}
