import { MusterError, textOf } from '../../shared/errors/errors.ts';
import type { Params } from '../../shared/errors/fill.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { Drift, StepResult } from '../../shared/protocol/report.ts';
import { withoutPasswords } from '../../shared/redact.ts';
import { findingText } from '../../shared/status/finding.ts';
import { definitionOf, type StepId, stepIds } from '../../shared/steps/catalogue.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import type { CheckResult, Step, StepContext } from '../steps/step.ts';
import type { Journal } from './journal.ts';

export type Outcome =
  | { state: 'done' }
  /** `at`: the step that waits or failed; the next round may resume there. */
  | { state: 'waiting'; at: StepId }
  /** `at`: the first step that a finding blocks; all that need none of them are done. */
  | { state: 'blocked'; at: StepId }
  /** `problem`: absent if the error is not a MusterError. */
  | { state: 'failed'; at: StepId; problem?: Failed['problem'] };

interface Failed {
  problem?: { code: string; params: Params };
}

/** What all steps of a round share. */
export interface RoundMeans {
  host: Host;
  journal: Journal;
  signal: AbortSignal;
  /** Returns the context of one step. */
  contextFor(id: StepId): StepContext;
  /** How to treat a failing check. `first`: apply; `correct`: drift, apply; `report`: drift, report only. */
  onTodo: 'first' | 'correct' | 'report';
  /** Steps that must not run, each with the finding that blocks it. */
  blocked: ReadonlyMap<StepId, Finding>;
  /** Called when a step's state has changed. */
  onState(result: StepResult): void;
  /** Called when a step threw an unexpected error; the step counts as failed, and the stack should be logged. */
  onBug(id: StepId, error: Error): void;
}

/**
 * What an earlier attempt left: `working`: its unit runs or has ended with a result; `broken`: it failed or was
 * interrupted.
 */
type Remnant = 'none' | 'working' | 'broken';

interface Told {
  message?: LocalText;
  remedy?: LocalText;
  code?: string;
  drift?: Drift;
}

type Tell = (state: StepResult['state'], told?: Told) => void;

/**
 * Runs the steps in order: check, apply, check again. A finding holds up the steps that it blocks and those that need
 * them; the others continue. Stops at the first step that waits and, on a host that never matched its assignment, at the
 * first that fails; later, a failure holds up only the steps that need it. Throws the signal's reason when it fires.
 */
export async function runSteps(steps: readonly Step[], means: RoundMeans): Promise<Outcome> {
  /** Steps that are not done and those that need them, each with the finding; null: a step failed. */
  const held = new Map<StepId, Finding | null>();
  let outcome: Outcome = { state: 'done' };
  for (const step of steps) {
    means.signal.throwIfAborted();
    const { finding, isDirect } = obstacleOf(step.id, held, means.blocked);
    if (finding !== undefined && !isDirect) held.set(step.id, finding);
    if (finding === null) continue;
    const end = finding === undefined ? await runStep(step, means) : await lookOnly(step, finding, means);
    if (end === 'done') continue;
    if (end === 'waiting') return outcome.state === 'done' ? { state: 'waiting', at: step.id } : outcome;
    const isBlocked = end === 'blocked';
    held.set(step.id, isBlocked ? (finding ?? null) : null);
    if (isBlocked && outcome.state === 'done') outcome = { state: 'blocked', at: step.id };
    if (!isBlocked && outcome.state !== 'failed') outcome = { state: 'failed', at: step.id, ...end };
    if (!isBlocked && means.onTodo === 'first') return outcome;
  }
  return outcome;
}

/** What holds up a step: a finding, null for a failed step that it needs, undefined for nothing. */
function obstacleOf(
  id: StepId,
  held: ReadonlyMap<StepId, Finding | null>,
  blocked: RoundMeans['blocked'],
): { finding: Finding | null | undefined; isDirect: boolean } {
  const direct = blocked.get(id);
  if (direct !== undefined) return { finding: direct, isDirect: true };
  const needed = stepIds.find((other) => held.has(other) && definitionOf[id].needs?.includes(other));
  return { finding: needed && held.get(needed), isDirect: false };
}

/** Checks a step that must not be applied. A program of an earlier attempt that still runs is not interrupted. */
async function lookOnly(
  step: Step,
  finding: Finding,
  means: RoundMeans,
): Promise<'done' | 'waiting' | 'blocked' | Failed> {
  if ((await remnantOf(step, means)) === 'working') return runStep(step, means);
  const { journal, signal } = means;
  const tell: Tell = (state, told) => means.onState(describe(step.id, journal, state, told));
  const found = await step.check(means.contextFor(step.id)).catch(() => null);
  signal.throwIfAborted();
  if (found?.state === 'done') {
    report(found, tell);
    return 'done';
  }
  tell('blocked', { message: findingText(finding), code: finding.id });
  return 'blocked';
}

async function runStep(step: Step, means: RoundMeans): Promise<'done' | 'waiting' | Failed> {
  const { journal, signal } = means;
  const context = means.contextFor(step.id);
  const tell: Tell = (state, told) => means.onState(describe(step.id, journal, state, told));
  let drift: Drift | undefined;
  let unmet: string | undefined;

  try {
    const remnant = await remnantOf(step, means);
    if (remnant !== 'working') {
      tell('checking');
      const found = await step.check(context);
      if (found.state === 'todo' && means.onTodo !== 'first') {
        drift = { at: means.host.now().toISOString(), seen: found.message.en, corrected: means.onTodo === 'correct' };
        drift.seenZh = found.message.zh;
        const { en, zh } = found.message;
        context.say({ en: `drift: ${en}`, zh: `漂移：${zh}` });
        if (!drift.corrected) return reportDrift(drift, tell);
      }
      const before = await prepare(step, found, remnant, context, journal, tell);
      if (before.state === 'done' && journal.entry(step.id)?.state !== 'done') await journal.end(step.id, 'done');
      if (before.state !== 'todo') return report(before, tell);
      await journal.begin(step.id, definitionOf[step.id].makesNode === true);
    }
    tell('applying', drift === undefined ? {} : { message: correcting(drift) });
    await step.apply(context);
    signal.throwIfAborted();
    const after = await step.check(context);
    unmet = after.state === 'todo' ? after.code : undefined;
    if (after.state === 'todo') throw new MusterError('step-without-effect', { seen: after.message });
    await journal.end(step.id, 'done');
    if (drift !== undefined) context.say({ en: 'drift corrected', zh: '漂移已更正' });
    return report(after, tell, drift);
  } catch (error) {
    // When stopping, the program keeps running and the journal entry stays `applying`.
    signal.throwIfAborted();
    if (error instanceof Error && !(error instanceof MusterError)) means.onBug(step.id, error);
    // If the disk cannot take this write either, the entry stays `applying`, as after a crash.
    if (journal.entry(step.id)?.state === 'applying') await journal.end(step.id, 'failed').catch(() => undefined);
    tell('failed', toldOf(error));
    return failedBy(error, unmet);
  }
}

/** `unmet`: code from the check that still fails after the apply. */
function failedBy(error: unknown, unmet: string | undefined): Failed {
  if (!(error instanceof MusterError)) return {};
  return { problem: { code: unmet ?? error.code, params: error.params } };
}

/** The message, remedy and code that are reported for an error. */
function toldOf(error: unknown): Told {
  if (!(error instanceof MusterError)) return { message: withoutPasswords(textOf(error)) };
  const { code, text, remedy } = error;
  return { message: withoutPasswords(text), code, ...(remedy === undefined ? {} : { remedy }) };
}

const seenOf = ({ seen, seenZh }: Drift): LocalText => ({ en: seen, zh: seenZh ?? seen });

function correcting(drift: Drift): LocalText {
  const { en, zh } = seenOf(drift);
  return { en: `correcting drift: ${en}`, zh: `正在纠正漂移：${zh}` };
}

const correctDrift: LocalText = {
  en: 'to have muster correct drift, set driftCorrection: correct in the plan',
  zh: '若要由 muster 纠正漂移，请在计划中设置 driftCorrection: correct',
};

/** Cleans up after a broken attempt and checks again. */
async function prepare(
  step: Step,
  found: CheckResult,
  remnant: Remnant,
  context: StepContext,
  journal: Journal,
  tell: Tell,
): Promise<CheckResult> {
  if (found.state !== 'todo' || remnant === 'none' || step.cleanUp === undefined) return found;
  tell('applying', { message: { en: 'cleaning up after a failed attempt', zh: '正在清理上一次失败的尝试' } });
  await step.cleanUp(context);
  await journal.end(step.id, 'cleaned');
  return step.check(context);
}

function report(result: CheckResult, tell: Tell, drift?: Drift): 'done' | 'waiting' {
  const { state, ...told } = result;
  const reached = state === 'waiting' ? 'waiting' : 'done';
  tell(reached, { ...told, ...(drift === undefined ? {} : { drift }) });
  return reached;
}

/** Continues the round: an uncorrected setting does not stop the other checks. */
function reportDrift(drift: Drift, tell: Tell): 'done' {
  tell('drifted', { message: seenOf(drift), remedy: correctDrift, drift });
  return 'done';
}

async function remnantOf({ id }: Step, { host, journal }: RoundMeans): Promise<Remnant> {
  const state = journal.entry(id)?.state;
  if (state === 'failed') return 'broken';
  if (state !== 'applying') return 'none';
  return (await host.unitState(id)) === 'none' ? 'broken' : 'working';
}

/** Builds a step's result in protocol form. */
export function describe(
  id: StepId,
  journal: Journal,
  state: StepResult['state'],
  { message = verbatim(''), remedy = verbatim(''), code, drift }: Told = {},
): StepResult {
  const entry = journal.entry(id);
  const isLocal = message.en !== message.zh || remedy.en !== remedy.zh;
  return {
    id,
    state,
    startedAt: entry?.startedAt ?? null,
    endedAt: entry?.endedAt ?? null,
    attempts: entry?.attempts ?? 0,
    message: message.en,
    remedy: remedy.en,
    ...(code === undefined ? {} : { code }),
    ...(isLocal ? { zh: { message: message.zh, remedy: remedy.zh } } : {}),
    ...(drift === undefined ? {} : { drift }),
  };
}
