import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JournalEntry } from '../../agent/journal.ts';
import type { StepId } from '../../shared/steps/catalogue.ts';
import { labPaths } from '../lab/layout.ts';

/**
 * Calls back at every change of a step in the host's journal, read from its disk, within a few milliseconds. (The journal is
 * replaced at each write, so its inode tells.)
 */
export async function eachStepChange(
  host: string,
  act: (step: StepId, state: JournalEntry['state']) => void,
  signal: AbortSignal,
): Promise<void> {
  const file = `${labPaths.hosts}/${host}/var/lib/muster-agent/journal.json`;
  const states = new Map<string, string>();
  let inode = 0;
  while (!signal.aborted) {
    await sleep(2);
    const found = statSync(file, { throwIfNoEntry: false })?.ino ?? 0;
    if (found === inode || found === 0) continue;
    inode = found;
    const { steps } = JSON.parse(readFileSync(file, 'utf8')) as { steps: Record<StepId, JournalEntry> };
    for (const [step, { state }] of Object.entries(steps) as [StepId, JournalEntry][]) {
      if (states.get(step) === state) continue;
      states.set(step, state);
      act(step, state);
    }
  }
}
