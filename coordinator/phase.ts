import type { PlannedHost } from '../shared/plan/schema.ts';
import type { NodeFacts } from '../shared/protocol/facts.ts';
import type { Finding } from '../shared/protocol/finding.ts';
import type { StepResult } from '../shared/protocol/report.ts';
import type { Phase } from '../shared/protocol/status.ts';
import type { StepId } from '../shared/steps/catalogue.ts';
import { activity } from './activity.ts';
import { duration } from './web/words.ts';

/** Twice the pause that a healthy agent's long-poll leaves, at the most, before it is heard of again. */
export const silentAfterMs = 90_000;

export interface PhaseInput {
  planned: PlannedHost;
  /** null: it has never enrolled. */
  record: { lastContactAt: number; lastReportAt: number | null; readyAt: number | null } | null;
  /** All steps of the host's role, those not reported as pending. */
  steps: readonly StepResult[];
  findings: readonly Finding[];
  node: NodeFacts | null;
  now: number;
}

export interface Standing {
  phase: Phase;
  /** A sentence's end, to follow the host's name: "installing packages, 12 s". */
  summary: string;
  remedy: string;
}

/** Steps that make or complete a node; those before prepare the host. */
const joinSteps: readonly StepId[] = [
  'kubeadm-init',
  'admin-conf',
  'approval',
  'network-plugin',
  'kubeadm-join',
  'labels-and-taints',
  'node-ready',
];

/** Where a host stands. Silence overrides whatever it said last: an agent that is dead reports nothing. */
export function standing(input: PhaseInput): Standing {
  const { planned, record, now } = input;
  if (record === null) {
    const create = planned.role === 'worker' ? '--workers' : planned.name;
    return { phase: 'planned', summary: 'not seen yet', remedy: `muster token create ${create}` };
  }
  const quiet = now - record.lastContactAt;
  if (quiet > silentAfterMs) {
    const summary = `silent for ${duration(quiet / 1000)}; before that: ${spoken(input).summary}`;
    return { phase: 'silent', summary, remedy: `on ${planned.name}: systemctl status muster-agent` };
  }
  return spoken(input);
}

/** What the host itself said last. */
function spoken(input: PhaseInput): Standing {
  const { record, findings, node, steps, now } = input;
  if (record?.lastReportAt == null) {
    return { phase: 'enrolled', summary: 'enrolled; its first report is awaited', remedy: '' };
  }
  const trouble = findings.find(({ level, mends }) => level === 'error' && !mends);
  if (trouble !== undefined && !node?.ready) {
    const summary = `blocked: ${trouble.title}: ${trouble.seen}; needed: ${trouble.needed}`;
    return { phase: 'blocked', summary, remedy: trouble.remedy };
  }
  // A host that looks over its steps again, as after its agent's restart, has not ceased to be Ready.
  const settled = steps.every(({ state }) => state !== 'applying' && state !== 'waiting' && state !== 'failed');
  const current = steps.find(({ state }) => state !== 'done' && state !== 'drifted');
  if (node?.ready && (current === undefined || (settled && record.readyAt !== null))) {
    const drifted = steps.find(({ state }) => state === 'drifted');
    if (drifted === undefined) return { phase: 'ready', summary: 'Ready', remedy: '' };
    return { phase: 'ready', summary: `Ready; drifted and left so: ${drifted.message}`, remedy: drifted.remedy };
  }
  if (node !== null && !node.ready && settled && record.readyAt !== null) return notReady(node);
  if (current === undefined) return node === null ? notReady({ reason: 'its node can’t be seen' }) : notReady(node);
  return atStep(current, input, now);
}

function notReady({ reason }: Pick<NodeFacts, 'reason'>): Standing {
  return { phase: 'not-ready', summary: reason === '' ? 'not Ready' : `not Ready: ${reason}`, remedy: '' };
}

function atStep(step: StepResult, { node, record }: PhaseInput, now: number): Standing {
  const { id, state, message, remedy, startedAt, attempts } = step;
  const doing = activity(id);
  if (state === 'failed') {
    const often = attempts > 1 ? ` (${attempts} times)` : '';
    return { phase: 'failed', summary: `${doing} failed${often}: ${message}`, remedy };
  }
  if (id === 'node-ready' && record?.readyAt != null && node !== null && !node.ready) return notReady(node);
  if (state === 'waiting') {
    const joining = joinSteps.includes(id) && id !== 'kubeadm-join';
    return { phase: joining ? 'joining' : 'waiting', summary: message || doing, remedy };
  }
  const since = state === 'applying' && startedAt !== null ? `, ${duration((now - Date.parse(startedAt)) / 1000)}` : '';
  return { phase: joinSteps.includes(id) ? 'joining' : 'preparing', summary: `${doing}${since}`, remedy: '' };
}
