import { MusterError, textOf } from '../../shared/errors/errors.ts';
import type { Params } from '../../shared/errors/fill.ts';
import type { Drift, StepResult } from '../../shared/protocol/report.ts';
import { definitionOf, type StepId } from '../../shared/steps/catalogue.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import type { Host } from '../host/host.ts';
import type { CheckResult, Step, StepContext } from '../steps/step.ts';
import type { Journal } from './journal.ts';

export type Outcome =
  | { state: 'done' }
  /** `at`: the step that waits or failed, and where the next round may go on. */
  | { state: 'waiting'; at: StepId }
  /** `problem`: the error, where it is muster's own; absent: it is not. */
  | { state: 'failed'; at: StepId; problem?: Failed['problem'] };

/** A step that failed. */
interface Failed {
  problem?: { code: string; params: Params };
}

/** What the steps of a round have in common; the runner adds what belongs to one step. */
export interface RoundMeans {
  host: Host;
  journal: Journal;
  signal: AbortSignal;
  /** The context of one step. */
  contextFor(id: StepId): StepContext;
  /**
   * What it means that a step's check does not hold. `first`: it has still to be done; `correct`: it has drifted, and is put right;
   * `report`: it has drifted, and that is told alone.
   */
  onTodo: 'first' | 'correct' | 'report';
  /** A step's state has changed. */
  onState(result: StepResult): void;
  /** A step threw what no person is meant to see: it failed like any other, and the stack should be kept. */
  onBug(id: StepId, error: Error): void;
}

/** What an earlier try left: `working`: its program still runs, or its result waits; `broken`: it failed, or nobody saw its end. */
type Remnant = 'none' | 'working' | 'broken';

interface Told {
  message?: LocalText;
  remedy?: LocalText;
  code?: string;
  drift?: Drift;
}

type Tell = (state: StepResult['state'], told?: Told) => void;

/** Takes the steps in order: check, apply, check again; ends at the first that waits or fails. Throws the signal's reason when it fires. */
export async function runSteps(steps: readonly Step[], means: RoundMeans): Promise<Outcome> {
  for (const step of steps) {
    means.signal.throwIfAborted();
    const end = await runStep(step, means);
    if (typeof end !== 'string') return { state: 'failed', at: step.id, ...end };
    if (end !== 'done') return { state: end, at: step.id };
  }
  return { state: 'done' };
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
        context.say(`drifted: ${found.message.en}`);
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
    if (drift !== undefined) context.say('corrected');
    return report(after, tell, drift);
  } catch (error) {
    // Told to stop: what runs goes on, and the journal says so.
    signal.throwIfAborted();
    if (error instanceof Error && !(error instanceof MusterError)) means.onBug(step.id, error);
    // A disk that can't take this either leaves it as begun, which is what a crash leaves: it is looked into at the next try.
    if (journal.entry(step.id)?.state === 'applying') await journal.end(step.id, 'failed').catch(() => undefined);
    tell('failed', toldOf(error));
    return failedBy(error, unmet);
  }
}

/** `unmet`: the code of what a check still finds after the step was applied. */
function failedBy(error: unknown, unmet: string | undefined): Failed {
  if (!(error instanceof MusterError)) return {};
  return { problem: { code: unmet ?? error.code, params: error.params } };
}

/** What is told of an error, in both languages. */
function toldOf(error: unknown): Told {
  if (!(error instanceof MusterError)) return { message: textOf(error) };
  const { code, text, remedy } = error;
  return { message: text, code, ...(remedy === undefined ? {} : { remedy }) };
}

const seenOf = ({ seen, seenZh }: Drift): LocalText => ({ en: seen, zh: seenZh ?? seen });

function correcting(drift: Drift): LocalText {
  const { en, zh } = seenOf(drift);
  return { en: `correcting drift: ${en}`, zh: `正在修正漂移：${zh}` };
}

const correctDrift: LocalText = {
  en: 'to have muster correct drift, set driftCorrection: correct in the plan',
  zh: '若要由 muster 修正漂移，请在计划中设置 driftCorrection: correct',
};

/** Takes away what a broken try left, so that what is found then is either right or ready for an apply. */
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

/** The round goes on: one setting that is left as it is keeps no other from being looked at. */
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

/** A step's state in the words of the wire. */
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
