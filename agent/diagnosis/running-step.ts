import { diagnose, type Found } from '../../shared/diagnosis/diagnose.ts';
import { noEvidence } from '../../shared/diagnosis/evidence.ts';
import { failures } from '../../shared/diagnosis/failures/index.ts';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import { definitionOf, type StepId } from '../../shared/steps/catalogue.ts';
import type { CodedText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { endDoomed } from './doomed.ts';
import type { createOutputs } from './outputs.ts';

const passing = failures.filter((failure) => failure.passing);

interface Parts {
  host: Host;
  log: Logger;
  outputs: ReturnType<typeof createOutputs>;
  /** Called when a cause is found in these lines while the step still runs. */
  onFound(found: Found, step: StepId, output: readonly string[], assignment: Assignment): void;
}

/** Follows a step's output while it runs: reports passing causes immediately and ends a kubeadm that cannot succeed. */
export function createRunningStep({ host, log, outputs, onFound }: Parts) {
  let applying: { step: StepId; assignment: Assignment } | null = null;
  let running = new AbortController();

  return {
    /** Called for each line of a step's output. */
    heard(step: StepId, { en, code }: CodedText): void {
      outputs.add(step, en);
      if (applying?.step !== step) return;
      const problem = code === undefined ? null : { code, params: {} };
      const [found] = diagnose({ ...noEvidence, step, output: [en], problem }, passing);
      if (found !== undefined) onFound(found, step, [en], applying.assignment);
    },
    begin(step: StepId, assignment: Assignment, signal: AbortSignal): void {
      applying = { step, assignment };
      outputs.forget(step);
      running = new AbortController();
      if (!definitionOf[step].makesNode) return;
      endDoomed({
        host,
        step,
        output: (since) => outputs.of(step, since),
        onSeen: (found) => onFound(found, step, outputs.of(step), assignment),
        signal: AbortSignal.any([running.signal, signal]),
      }).catch((error) => log.warn(`cannot watch ${step}: ${messageOf(error)}`));
    },
    end(): void {
      running.abort();
      applying = null;
    },
  };
}
