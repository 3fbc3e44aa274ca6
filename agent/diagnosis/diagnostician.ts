import { diagnose, isSymptom } from '../../shared/diagnosis/diagnose.ts';
import { type Evidence, noEvidence } from '../../shared/diagnosis/evidence.ts';
import { isDecision } from '../../shared/diagnosis/failures/cluster.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import { definitionOf, type StepId } from '../../shared/steps/catalogue.ts';
import type { CodedText } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import type { Reporter } from '../link/reporter.ts';
import type { Journal } from '../loop/journal.ts';
import type { Outcome } from '../loop/runner.ts';
import { createAnnouncer } from './announcer.ts';
import { collectEvidence } from './evidence.ts';
import { createOutputs } from './outputs.ts';
import { createRunningStep } from './running-step.ts';
import { type Parts, type Round, treat } from './treatment.ts';
import { waitWindow } from './wait.ts';
import { createWaitingStep } from './waiting-step.ts';

interface Means {
  host: Host;
  log: Logger;
  journal: Journal;
  reporter: Pick<Reporter, 'tell'>;
}

export interface Diagnostician {
  /** Called for each line of a step's output. */
  heard(step: StepId, line: CodedText): void;
  /** Called when a step's state has changed. */
  onStep(result: StepResult, round: Round): void;
  /** Called after a round over the steps. true: a remedy was applied and the steps should be retried now. */
  after(outcome: Outcome, result: StepResult | undefined, round: Round): Promise<boolean>;
  /** Called when a node that was Ready no longer is. */
  lost(assignment: Assignment): Promise<void>;
  /** Clears the diagnosis: the host's findings already explain why nothing is done. */
  clear(): void;
}

/**
 * Finds out why a step failed or a node does not become Ready, reports it, and applies a remedy where one is safe.
 * Invariants: one diagnosis at a time; a remedy only prepares the next regular attempt.
 */
export function createDiagnostician({ host, log, journal, reporter }: Means): Diagnostician {
  const outputs = createOutputs(host.now);
  const announcer = createAnnouncer({ log, reporter, now: host.now });
  const parts = { host, log, journal, announcer };
  const runningStep = createRunningStep({
    host,
    log,
    outputs,
    onFound: (found, step, output, assignment) =>
      announcer.found(found, { ...noEvidence, step, output }, assignment, journal.remedyTries(found.failure.id)),
  });
  const waitingStep = createWaitingStep(parts);

  function clear(): void {
    waitingStep.end();
    announcer.clear();
  }

  return {
    clear,
    heard: runningStep.heard,
    onStep({ id, state }, { assignment, signal }) {
      runningStep.end();
      if (state === 'done' && announcer.step() === id) clear();
      if (state === 'applying') runningStep.begin(id, assignment, signal);
    },
    async after(outcome, result, round) {
      runningStep.end();
      if (outcome.state === 'failed' && result !== undefined)
        return failed(parts, result, { printed: outputs.of(outcome.at), problem: outcome.problem ?? null }, round);
      // Where a person must decide, no cause on this host matters.
      const isDecided = result?.code === undefined || !isDecision(result.code);
      const isOwn = outcome.state === 'waiting' && definitionOf[outcome.at].waitsFor === 'itself';
      if (isOwn && isDecided && result !== undefined) return waitingStep.look(result, round);
      clear();
      if (outcome.state === 'done') await journal.forgetRemedies();
      return false;
    },
    lost: (assignment) => lost(parts, assignment),
  };
}

/** Diagnoses a failed step. true: a remedy was applied. */
async function failed(
  parts: Parts,
  { id: step, message, startedAt }: StepResult,
  { printed, problem }: { printed: readonly string[]; problem: Evidence['problem'] },
  round: Round,
): Promise<boolean> {
  const { host, announcer } = parts;
  const { facts, assignment } = round;
  const since = new Date(Date.parse(startedAt ?? '') || host.now().getTime() - 60_000);
  const runtime = assignment.settings.runtime.name;
  const evidence = await collectEvidence(host, { step, output: [...printed, message], problem, facts, runtime, since });
  const [found] = diagnose(evidence);
  if (found !== undefined) return treat(parts, found, evidence, round);
  announcer.unknown(evidence, assignment);
  return false;
}

/** Diagnoses a node that is no longer Ready; reports causes only, as symptoms need time to confirm. */
async function lost({ host, announcer, journal }: Parts, assignment: Assignment): Promise<void> {
  // A host that was reset is no node: that its kubelet stopped is a consequence, and the steps join it again.
  if (!(await host.exists(kubeletConf))) return;
  const since = new Date(host.now().getTime() - waitWindow);
  const runtime = assignment.settings.runtime.name;
  const evidence = await collectEvidence(host, { step: null, output: [], facts: null, runtime, since });
  const found = diagnose(evidence).find((one) => !isSymptom(one));
  if (found !== undefined) announcer.found(found, evidence, assignment, journal.remedyTries(found.failure.id));
}
