import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { titleOf } from '../../shared/preflight/catalogue.ts';
import { blocks, reportedOf } from '../../shared/preflight/examine.ts';
import { blockedSteps } from '../../shared/preflight/guard.ts';
import { preflight } from '../../shared/preflight/preflight.ts';
import type { Assignment, Target } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { Leave } from '../../shared/protocol/operation.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import { definitionOf, type StepId, stepsOf } from '../../shared/steps/catalogue.ts';
import type { Diagnostician } from '../diagnosis/diagnostician.ts';
import { noteLost, noteSettled, settledState } from '../drift/settled.ts';
import type { Host } from '../host/host.ts';
import { kubeletConf } from '../kube/kubeconfig.ts';
import type { Reporter } from '../link/reporter.ts';
import { releaseServicePackets } from '../machine/service-packets.ts';
import type { Recovery, RecoveryResult } from '../recovery/recovery.ts';
import type { Step, StepContext } from '../steps/step.ts';
import { type End, meaningOfTodo, taskOf } from './decide.ts';
import type { Journal } from './journal.ts';
import { type Outcome, runSteps } from './runner.ts';
import type { StepTable } from './step-table.ts';

/** Input of one round. */
interface Work {
  facts: Facts;
  assignment: Assignment;
  signal: AbortSignal;
  /** Steps that findings block. */
  blocked: ReadonlyMap<StepId, Finding>;
}

export interface RoundParts {
  host: Host;
  log: Logger;
  journal: Journal;
  reporter: Pick<Reporter, 'tell'>;
  table: StepTable;
  gather(assignment: Assignment | null): Promise<Facts>;
  steps: Readonly<Record<StepId, Step>>;
  /** Called at the start of a round over all steps. */
  onRound(): Promise<void>;
  contextFor(id: StepId, work: Work): StepContext;
  diagnosis: Pick<Diagnostician, 'onStep' | 'after' | 'clear'>;
  /** Takes this host out of the cluster and reports the result. */
  leave(leave: Leave, context: StepContext): Promise<void>;
  /** Restores etcd, or makes room for the host that does. */
  recovery: Recovery;
  /** Called after a step was applied, when the node or the cluster may have changed. */
  onApplied(): void;
}

export interface Round {
  end: End;
  facts: Facts;
  /** A remedy was applied: the steps are retried immediately. */
  remedied: boolean;
}

/** Gathers facts, runs preflight and reports both. */
export async function look(
  { gather, journal, reporter, log }: RoundParts,
  assignment: Assignment | null,
): Promise<{ facts: Facts; blocked: Work['blocked'] }> {
  const facts = await gather(assignment);
  const findings = preflight({ facts, assignment, role: assignment?.host.role ?? null, owns: journal.owns() });
  reporter.tell({ facts, findings: findings.map(reportedOf) });
  const blocking = findings.filter(blocks);
  for (const { id, seen, remedy, command } of blocking)
    log.warn(`${titleOf(id).en}: ${seen.en}`, { check: id, remedy: remedy.en, command });
  const steps = assignment === null ? [] : idsOf(assignment);
  return { facts, blocked: blockedSteps(blocking, steps, { isPartial: journal.owns() }) };
}

/**
 * Runs one round for this target. `last`: facts of the previous round and the waiting step to resume at; null: full
 * round.
 */
export async function doRound(
  parts: RoundParts,
  target: Target | null,
  last: { facts: Facts; from: StepId } | null,
  signal: AbortSignal,
): Promise<Round> {
  const assignment = target?.assignment ?? null;
  if (last === null) await parts.onRound();
  const { facts, blocked } = last === null ? await look(parts, assignment) : { facts: last.facts, blocked: new Map() };
  signal.throwIfAborted();
  const recovered = await recover(parts, target);
  if (recovered !== 'idle') return { end: { state: 'recovering' }, facts, remedied: false };
  const task = taskOf(target, assignment !== null && blocked.size === idsOf(assignment).length);
  if (assignment === null || task === 'idle') return { end: { state: 'idle' }, facts, remedied: false };
  const work = { facts, assignment, signal, blocked };
  if (task === 'work') return { facts, ...(await goThroughSteps(parts, work, last?.from)) };
  showSteps(parts, assignment);
  if (task !== 'leave') return { end: { state: task }, facts, remedied: false };
  await takeLeave(parts, target?.leave, work);
  return { end: { state: 'leaving' }, facts, remedied: false };
}

/** An operator's decision; not on a host whose changes are stopped. */
async function recover({ recovery }: RoundParts, target: Target | null): Promise<RecoveryResult> {
  if (target?.recovery === undefined || target.assignment === null || target.hold !== undefined) return 'idle';
  return recovery.perform(target.recovery, target.assignment);
}

const idsOf = ({ bootstrap, host }: Assignment): StepId[] => stepsOf(bootstrap, host.role).map(({ id }) => id);

/** Nothing runs, so there is nothing to diagnose. */
function showSteps({ table, reporter, diagnosis }: RoundParts, assignment: Assignment): void {
  table.plan(idsOf(assignment));
  reporter.tell({ steps: table.rows() });
  diagnosis.clear();
}

async function takeLeave(parts: RoundParts, leave: Leave | undefined, work: Work): Promise<void> {
  if (leave === undefined) return;
  const steps = stepsOf(work.assignment.bootstrap, work.assignment.host.role);
  const { id } = steps.find(({ makesNode }) => makesNode) ?? definitionOf['kubeadm-join'];
  await parts.leave(leave, parts.contextFor(id, work));
  parts.onApplied();
}

/** Runs all steps, or resumes at the waiting one. */
async function goThroughSteps(
  parts: RoundParts,
  work: Work,
  from: StepId | undefined,
): Promise<Pick<Round, 'end' | 'remedied'>> {
  const { host, journal, table, reporter } = parts;
  const { assignment, signal, blocked } = work;
  const ids = idsOf(assignment);
  table.plan(ids);
  const rest = ids.slice(from === undefined ? 0 : ids.indexOf(from));
  const reached = new Set<StepId>();
  const [settled, isNode] = [await settledState(host, assignment), await host.exists(kubeletConf)];
  if (settled === 'settled' && !isNode) await noteLost(host, assignment);
  const outcome = await runSteps(
    rest.map((id) => parts.steps[id]),
    {
      host,
      journal,
      signal,
      blocked,
      onTodo: meaningOfTodo(assignment, { isSettled: settled !== 'never', isNode: isNode && settled !== 'lost' }),
      contextFor: (id) => parts.contextFor(id, work),
      onState(result) {
        reached.add(result.id);
        onState(parts, work, result);
      },
      onBug: (id, error) => parts.log.error(messageOf(error), { step: id, stack: error.stack }),
    },
  );
  table.pending(rest.filter((id) => !reached.has(id)));
  await afterSteps(parts, assignment, outcome);
  reporter.tell({ steps: table.rows() });
  const result = table.rows().find(({ id }) => outcome.state !== 'done' && id === outcome.at);
  return { end: outcome, remedied: await parts.diagnosis.after(outcome, result, work) };
}

async function afterSteps({ host, table }: RoundParts, assignment: Assignment, outcome: Outcome): Promise<void> {
  if (outcome.state === 'done') await noteSettled(host, assignment);
  const ready = table.rows().find(({ id }) => id === 'node-ready');
  if (ready?.state === 'done') await releaseServicePackets(host);
}

function onState({ table, diagnosis, reporter, log, onApplied }: RoundParts, work: Work, result: StepResult): void {
  table.set(result);
  diagnosis.onStep(result, work);
  reporter.tell({ steps: table.rows() });
  if (result.state === 'applying') log.info('step applied', { step: result.id, attempt: result.attempts });
  if (result.state === 'done') onApplied();
  if (result.state === 'failed') log.warn(result.message, { step: result.id, remedy: result.remedy });
}
