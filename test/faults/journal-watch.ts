import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalEntry } from '../../agent/loop/journal.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { labPaths } from '../lab/layout.ts';

/**
 * Calls `act` at every state change of a step in the host's journal, read from its disk, within a few milliseconds.
 * (The journal is replaced at each write, so inode and ctime identify a version: the inode alone may be reused by the
 * next but one.)
 */
export async function eachStepChange(
  host: string,
  act: (step: StepId, state: JournalEntry['state']) => void,
  signal: AbortSignal,
): Promise<void> {
  const file = `${labPaths.hosts}/${host}/var/lib/muster-agent/journal.json`;
  const states = new Map<string, string>();
  let seen = '';
  while (!signal.aborted) {
    await sleep(2);
    const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
    const found = stat === undefined ? seen : `${stat.ino} ${stat.ctimeNs}`;
    if (found === seen) continue;
    seen = found;
    const { steps } = JSON.parse(readFileSync(file, 'utf8')) as { steps: Record<StepId, JournalEntry> };
    for (const [step, { state }] of Object.entries(steps) as [StepId, JournalEntry][]) {
      if (states.get(step) === state) continue;
      states.set(step, state);
      act(step, state);
    }
  }
}
