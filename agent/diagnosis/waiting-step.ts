import { diagnose } from '../../shared/diagnosis/diagnose.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import { collectEvidence } from './evidence.ts';
import { type Parts, type Round, treat } from './treatment.ts';
import { evidenceSince, isLookDue, verdictOf, type Wait, waitOf } from './wait.ts';

/** Diagnoses a step that waits longer than usual. */
export function createWaitingStep(parts: Parts) {
  const { host, announcer } = parts;
  let wait: Wait | null = null;

  return {
    /** Returns true if a remedy was applied. */
    async look({ id: step, message }: StepResult, round: Round): Promise<boolean> {
      const { facts, assignment } = round;
      const now = host.now().getTime();
      wait = waitOf(wait, step, now);
      if (!isLookDue(wait, now)) return false;
      wait = { ...wait, lookedAt: now };
      const lasted = now - wait.since;
      const question = { step, output: [message], facts, runtime: assignment.settings.runtime.name };
      const evidence = await collectEvidence(host, { ...question, since: evidenceSince(wait, now) });
      const [found] = diagnose(evidence);
      const verdict = verdictOf(found, lasted);
      if (verdict === 'report-unknown') announcer.unknown(evidence, assignment);
      if (verdict !== 'treat' || found === undefined) return false;
      const treated = await treat(parts, found, evidence, round);
      // Journal entries from before or during the remedy must not trigger it again.
      if (treated) wait = waitOf(null, step, host.now().getTime());
      return treated;
    },
    /** Called when the step no longer waits. */
    end(): void {
      wait = null;
    },
  };
}
