import { isDeepStrictEqual } from 'node:util';
import {
  type Circumstances,
  describeFound,
  describeUnknown,
  diagnose,
  type Found,
} from '../../shared/diagnosis/diagnose.ts';
import { type Evidence, noEvidence } from '../../shared/diagnosis/evidence.ts';
import { failures } from '../../shared/diagnosis/failures/index.ts';
import { remedyTexts } from '../../shared/diagnosis/remedies.ts';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { Diagnosis } from '../../shared/protocol/diagnosis.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import { definitionOf, type StepId } from '../../shared/steps/catalogue.ts';
import type { Host } from '../host/host.ts';
import type { Reporter } from '../link/reporter.ts';
import type { Journal } from '../loop/journal.ts';
import type { Outcome } from '../loop/runner.ts';
import { personAtWork } from '../steps/running-kubeadm.ts';
import { endDoomed } from './doomed.ts';
import { collectEvidence } from './evidence.ts';
import { remedies } from './remedies/index.ts';

const outputKept = 200;
/** Of a wait that is usual, in ms: how long before a true cause, a symptom, and nothing known is worth telling. */
const patience = { cause: 15_000, symptom: 60_000, unknown: 180_000 };
/** How far back a wait's journals are read: what was said once at the start and is long mended is no cause. */
const waitWindow = 45_000;
/** A remedy or a look takes programs: not at each of the second-long looks of a wait. */
const lookEvery = 8000;

const passing = failures.filter((failure) => failure.passing);

export interface Round {
  facts: Facts;
  assignment: Assignment;
  signal: AbortSignal;
}

interface Means {
  host: Host;
  log: Logger;
  journal: Journal;
  reporter: Pick<Reporter, 'tell'>;
}

export interface Diagnostician {
  /** A step printed a line. */
  heard(step: StepId, line: string): void;
  /** A step's state has changed. */
  onStep(result: StepResult, round: Round): void;
  /** The steps have been gone through. true: a remedy was applied, so that they should be tried again at once. */
  after(outcome: Outcome, result: StepResult | undefined, round: Round): Promise<boolean>;
  /** The node was Ready, and is not any more. */
  lost(assignment: Assignment): Promise<void>;
  /** The host can't be worked on: its findings say why. */
  clear(): void;
}

/**
 * Finds out why a step failed, or why a node does not become Ready, tells it, and applies the remedy where one is safe. Invariants: one diagnosis at a
 * time; a remedy is counted in the journal before it is applied; it only prepares what the loop then does in its usual way; none is applied while a
 * person is at work with kubeadm.
 */
export function createDiagnostician({ host, log, journal, reporter }: Means): Diagnostician {
  const outputs = new Map<StepId, { at: number; line: string }[]>();
  let current: Diagnosis | null = null;
  let running = new AbortController();
  let applying: { step: StepId; assignment: Assignment } | null = null;
  let waitSince: { step: StepId; at: number; lookedAt: number } | null = null;

  const outputOf = (step: StepId, since = 0) =>
    (outputs.get(step) ?? []).filter(({ at }) => at >= since).map(({ line }) => line);

  function tell(diagnosis: Diagnosis | null): void {
    const same = current !== null && diagnosis !== null && current.id === diagnosis.id;
    const next = same ? { ...diagnosis, since: current?.since ?? diagnosis.since } : diagnosis;
    if (isDeepStrictEqual(current, next)) return;
    if (next !== null && !same)
      log.warn(`${next.title.en}: ${next.cause.en}`, { diagnosis: next.id, command: next.command });
    current = next;
    reporter.tell({ diagnosis: next });
  }

  function circumstances(
    step: StepId | null,
    { settings }: Assignment,
    automatic: Diagnosis['automatic'],
  ): Circumstances {
    const { endpoint, runtime } = settings;
    const values = { runtime: runtime.name, endpoint: `${endpoint.host}:${endpoint.port}` };
    return { step, since: host.now().toISOString(), values, automatic };
  }

  /** Counted as used once it is applied, so that what is shown is what is left after this try. */
  function automaticOf({ failure }: Found, used: number): Diagnosis['automatic'] {
    if (failure.automatic === undefined) return null;
    const triesLeft = Math.max(0, failure.automatic.tries - used);
    return { text: remedyTexts[failure.automatic.remedy], triesLeft };
  }

  function show(
    found: Found,
    evidence: Evidence,
    assignment: Assignment,
    used = journal.remedyTries(found.failure.id),
  ) {
    tell(describeFound(found, circumstances(evidence.step, assignment, automaticOf(found, used)), evidence));
  }

  /** Tells what was found and applies its remedy, if it has one with a try left. true: it did. */
  async function treat(found: Found, evidence: Evidence, { assignment, signal }: Round): Promise<boolean> {
    const { id, automatic } = found.failure;
    const used = journal.remedyTries(id);
    // A person may be at work here: a kubelet that is started again would keep their reset from its end.
    const applies = automatic !== undefined && used < automatic.tries && (await personAtWork(host)) === null;
    show(found, evidence, assignment, applies ? used + 1 : used);
    if (!applies) return false;
    await journal.countRemedy(id);
    const values = Object.assign({}, ...found.signs.map((sign) => sign.values));
    log.info(`muster ${remedyTexts[automatic.remedy].en}`, { diagnosis: id, try: used + 1, of: automatic.tries });
    try {
      await remedies[automatic.remedy]({ host, runtime: assignment.settings.runtime.name, values });
    } catch (error) {
      signal.throwIfAborted();
      log.warn(`the remedy failed: ${messageOf(error)}`, { diagnosis: id, remedy: automatic.remedy });
    }
    return true;
  }

  async function failed(step: StepId, result: StepResult, round: Round): Promise<boolean> {
    const { facts, assignment } = round;
    const output = [...outputOf(step), result.message];
    const since = new Date(Date.parse(result.startedAt ?? '') || host.now().getTime() - 60_000);
    const evidence = await collectEvidence(host, {
      step,
      output,
      facts,
      runtime: assignment.settings.runtime.name,
      since,
    });
    const [found] = diagnose(evidence);
    if (found !== undefined) return treat(found, evidence, round);
    tell(describeUnknown(evidence, circumstances(step, assignment, null), assignment.host.name));
    return false;
  }

  async function waited(step: StepId, result: StepResult, round: Round): Promise<boolean> {
    const { facts, assignment } = round;
    const now = host.now().getTime();
    if (waitSince?.step !== step) waitSince = { step, at: now, lookedAt: 0 };
    const lasted = now - waitSince.at;
    if (lasted < patience.cause || now - waitSince.lookedAt < lookEvery) return false;
    waitSince.lookedAt = now;
    const since = new Date(Math.max(waitSince.at, now - waitWindow));
    const runtime = assignment.settings.runtime.name;
    const evidence = await collectEvidence(host, { step, output: [result.message], facts, runtime, since });
    const [found] = diagnose(evidence);
    if (found !== undefined && (!found.failure.symptom || lasted >= patience.symptom)) {
      const treated = await treat(found, evidence, round);
      // What the journals say of the time before the remedy, and while it was applied, is no reason to apply it again.
      if (treated) waitSince = { step, at: host.now().getTime(), lookedAt: 0 };
      return treated;
    }
    if (found === undefined && lasted >= patience.unknown)
      tell(describeUnknown(evidence, circumstances(step, assignment, null), assignment.host.name));
    return false;
  }

  function clear(): void {
    waitSince = null;
    tell(null);
  }

  return {
    clear,
    heard(step, line) {
      const lines = outputs.get(step) ?? [];
      lines.push({ at: host.now().getTime(), line });
      lines.splice(0, lines.length - outputKept);
      outputs.set(step, lines);
      if (applying?.step !== step) return;
      const evidence = { ...noEvidence, step, output: [line] };
      const [found] = diagnose(evidence, passing);
      if (found !== undefined) show(found, evidence, applying.assignment);
    },
    onStep({ id, state }, { assignment, signal }) {
      running.abort();
      applying = null;
      if (state === 'done' && current?.step === id) clear();
      if (state !== 'applying') return;
      applying = { step: id, assignment };
      outputs.delete(id);
      running = new AbortController();
      const ends = AbortSignal.any([running.signal, signal]);
      const output = (since: number) => outputOf(id, since);
      const onSeen = (found: Found) => show(found, { ...noEvidence, step: id, output: outputOf(id) }, assignment);
      if (!definitionOf[id].makesNode) return;
      endDoomed({ host, step: id, output, onSeen, signal: ends }).catch((error) =>
        log.warn(`could not look after ${id}: ${messageOf(error)}`),
      );
    },
    async after(outcome, result, round) {
      running.abort();
      if (outcome.state === 'failed' && result !== undefined) return failed(outcome.at, result, round);
      if (outcome.state === 'waiting' && result !== undefined && definitionOf[outcome.at].waitsFor === 'itself')
        return waited(outcome.at, result, round);
      clear();
      if (outcome.state === 'done') await journal.forgetRemedies();
      return false;
    },
    async lost(assignment) {
      const since = new Date(host.now().getTime() - waitWindow);
      const runtime = assignment.settings.runtime.name;
      const evidence = await collectEvidence(host, { step: null, output: [], facts: null, runtime, since });
      const found = diagnose(evidence).find(({ failure }) => !failure.symptom);
      if (found !== undefined) show(found, evidence, assignment);
    },
  };
}
