import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { titleOf } from '../../shared/preflight/catalogue.ts';
import { blocks } from '../../shared/preflight/examine.ts';
import { preflight } from '../../shared/preflight/preflight.ts';
import type { Assignment, Target } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Leave } from '../../shared/protocol/operation.ts';
import { definitionOf, type StepId, stepsOf } from '../../shared/steps/catalogue.ts';
import type { Diagnostician } from '../diagnosis/diagnostician.ts';
import { isSettled, noteSettled } from '../drift/settled.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import type { Reporter } from '../link/reporter.ts';
import { backoff } from '../link/retry.ts';
import { releaseServicePackets } from '../steps/service-packets.ts';
import type { Step, StepContext } from '../steps/step.ts';
import type { Journal } from './journal.ts';
import { createLatch } from './latch.ts';
import { type Outcome, runSteps } from './runner.ts';
import { createStepTable } from './step-table.ts';

interface Means {
  host: Host;
  log: Logger;
  journal: Journal;
  reporter: Pick<Reporter, 'tell'>;
  gather(assignment: Assignment | null): Promise<Facts>;
  steps: Readonly<Record<StepId, Step>>;
  /** A round over all steps begins. */
  onRound(): Promise<void>;
  contextFor(id: StepId, round: { facts: Facts; assignment: Assignment; signal: AbortSignal }): StepContext;
  diagnosis: Pick<Diagnostician, 'onStep' | 'after' | 'clear'>;
  /** Takes this host out of the cluster, and tells what came of it. */
  leave(leave: Leave, context: StepContext): Promise<void>;
  /** A step has been applied: the node or the cluster may look different. */
  onApplied(): void;
}

/**
 * How a round ended. `idle`: the plan has no place for this host, or it is not known yet; `blocked`: a person has to mend something; `held`: the
 * operator wants it left alone; `leaving`: it was taken out of the cluster, or that failed.
 */
type End = Outcome | { state: 'idle' | 'blocked' | 'held' | 'leaving' };

export interface Loop {
  onTarget(target: Target): void;
  /** Looks at everything again, now. */
  wake(): void;
  /** All steps are done. */
  isDone(): boolean;
  run(signal: AbortSignal): Promise<void>;
}

/**
 * The one loop: facts, preflight, steps, rest. Invariants: one round at a time; a round works for one assignment, and one that
 * asks for something else ends it; nothing is changed on the host while a finding blocks.
 */
export function createLoop(means: Means): Loop {
  const { host, log, journal, reporter } = means;
  const table = createStepTable(journal, host.now);
  const news = createLatch();
  let target: Target | null = null;
  let recheck = false;
  let current = new AbortController();
  let end: End = { state: 'idle' };
  let remedied = false;

  async function look(): Promise<{ facts: Facts; blocked: boolean }> {
    const assignment = target?.assignment ?? null;
    const facts = await means.gather(assignment);
    const findings = preflight({ facts, assignment, role: assignment?.host.role ?? null, owns: journal.owns() });
    reporter.tell({ facts, findings });
    const blocking = findings.filter(blocks);
    for (const { id, seen, remedy, command } of blocking)
      log.warn(`${titleOf(id).en}: ${seen.en}`, { check: id, remedy: remedy.en, command });
    return { facts, blocked: blocking.length > 0 };
  }

  /** From the first step on, or from the one that waits, when nothing else has changed. */
  async function work(
    facts: Facts,
    assignment: Assignment,
    from: StepId | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const ids = stepsOf(assignment.bootstrap).map(({ id }) => id);
    table.plan(ids);
    const rest = ids.slice(from === undefined ? 0 : ids.indexOf(from));
    const outcome = await runSteps(
      rest.map((id) => means.steps[id]),
      {
        host,
        journal,
        signal,
        onTodo: await meaningOfTodo(assignment),
        contextFor: (id) => means.contextFor(id, { facts, assignment, signal }),
        onState(result) {
          table.set(result);
          means.diagnosis.onStep(result, { facts, assignment, signal });
          reporter.tell({ steps: table.rows() });
          if (result.state === 'applying') log.info('step applied', { step: result.id, attempt: result.attempts });
          if (result.state === 'done') means.onApplied();
          if (result.state === 'failed') log.warn(result.message, { step: result.id, remedy: result.remedy });
        },
        onBug: (id, error) => log.error(messageOf(error), { step: id, stack: error.stack }),
      },
    );
    if (outcome.state !== 'done') table.pendingAfter(outcome.at);
    else {
      await noteSettled(host, assignment);
      await releaseServicePackets(host);
    }
    reporter.tell({ steps: table.rows() });
    const result = table.rows().find(({ id }) => outcome.state !== 'done' && id === outcome.at);
    remedied = await means.diagnosis.after(outcome, result, { facts, assignment, signal });
    return outcome;
  }

  /** A host that is no Node any more has to become one again, whatever the plan says about drift. */
  async function meaningOfTodo(assignment: Assignment): Promise<'first' | 'correct' | 'report'> {
    if (!(await isSettled(host, assignment))) return 'first';
    const mayReport = assignment.settings.preparation.driftCorrection === 'report' && (await host.exists(kubeletConf));
    return mayReport ? 'report' : 'correct';
  }

  async function round(
    last: { facts: Facts; from: StepId } | null,
    signal: AbortSignal,
  ): Promise<{ end: End; facts: Facts }> {
    const assignment = target?.assignment ?? null;
    if (last === null) await means.onRound();
    const { facts, blocked } = last === null ? await look() : { facts: last.facts, blocked: false };
    if (assignment === null) return { end: { state: 'idle' }, facts };
    const { hold, leave } = target ?? {};
    if (blocked || hold !== undefined || leave !== undefined) {
      table.plan(stepsOf(assignment.bootstrap).map(({ id }) => id));
      reporter.tell({ steps: table.rows() });
      means.diagnosis.clear();
    }
    if (leave !== undefined) {
      const { id } = stepsOf(assignment.bootstrap).find(({ makesNode }) => makesNode) ?? definitionOf['kubeadm-join'];
      await means.leave(leave, means.contextFor(id, { facts, assignment, signal }));
      means.onApplied();
      return { end: { state: 'leaving' }, facts };
    }
    if (hold !== undefined) return { end: { state: 'held' }, facts };
    if (blocked) return { end: { state: 'blocked' }, facts };
    return { end: await work(facts, assignment, last?.from, signal), facts };
  }

  /** How long to rest when nothing happens, in ms; null: until something does. */
  function restFor(sameFor: number): number | null {
    if (remedied) return 1000;
    if (end.state === 'failed') return backoff(sameFor, { base: 10_000, cap: 60_000 });
    if (end.state === 'leaving') return backoff(sameFor, { base: 5000, cap: 60_000 });
    if (end.state === 'blocked') return backoff(sameFor, { base: 10_000, cap: 60_000 });
    if (end.state === 'waiting') return Math.min(5000, 1000 + sameFor * 20);
    return null;
  }

  async function rest(ms: number | null, signal: AbortSignal): Promise<void> {
    const pause = new AbortController();
    const stop = () => news.set();
    signal.addEventListener('abort', stop, { once: true });
    await (ms === null ? news.wait() : Promise.race([host.sleep(ms, pause.signal), news.wait()]));
    pause.abort();
    signal.removeEventListener('abort', stop);
  }

  return {
    onTarget(next) {
      const before = target;
      target = next;
      if (next.assignment === null) log.info('no place in the plan', { reason: next.reason });
      if (next.hold !== undefined) log.info('this host is left alone', { reason: next.hold.reason.en });
      if (isDeepStrictEqual(workOf(before), workOf(next))) return;
      if (!asksForTheSame(before, next)) {
        recheck = true;
        current.abort();
      }
      news.set();
    },
    wake() {
      recheck = true;
      news.set();
    },
    isDone: () => end.state === 'done',
    async run(signal) {
      let facts: Facts | null = null;
      let sameFor = 0;
      while (!signal.aborted) {
        news.reset();
        const from = end.state === 'waiting' && !recheck ? end.at : undefined;
        recheck = false;
        current = new AbortController();
        const before = end.state;
        remedied = false;
        try {
          const last = facts !== null && from !== undefined ? { facts, from } : null;
          ({ end, facts } = await round(last, AbortSignal.any([signal, current.signal])));
        } catch (error) {
          if (signal.aborted) return;
          if (!current.signal.aborted) throw error;
          log.info('the assignment changed: looking at everything again');
          recheck = true;
          continue;
        }
        sameFor = end.state === before && !remedied ? sameFor + 1 : 0;
        if (end.state === 'done' && before !== 'done') await look();
        await rest(restFor(sameFor), signal);
      }
    },
  };
}

/** All of a target that concerns the loop. */
const workOf = (target: Target | null) => ({
  assignment: target?.assignment ?? null,
  hold: target?.hold?.kind,
  leave: target?.leave,
});

/** The same work: a cluster that has only now come to be is none the host was working for, and whose turn it is changes nothing of it. */
function asksForTheSame(before: Target | null, next: Target): boolean {
  const [{ assignment: a, ...wasAsked }, { assignment: b, ...isAsked }] = [workOf(before), workOf(next)];
  if (!isDeepStrictEqual(wasAsked, isAsked)) return false;
  if (a === null || b === null) return a === b;
  const cluster = a.cluster === null || a.cluster.caSha256 === b.cluster?.caSha256;
  const work = (one: Assignment) => ({ ...one, cluster: null, installsAfter: null });
  return cluster && isDeepStrictEqual(work(a), work(b));
}
