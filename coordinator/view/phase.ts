import { duration } from '../../shared/duration.ts';
import type { PlannedHost } from '../../shared/plan/schema.ts';
import type { NodeFacts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { StepResult } from '../../shared/protocol/report.ts';
import type { Phase } from '../../shared/protocol/status.ts';
import { activity, failure } from '../../shared/status/activity.ts';
import { blockedText, blockers } from '../../shared/status/blocked.ts';
import { findingText } from '../../shared/status/finding.ts';
import { textsOf } from '../../shared/status/host.ts';
import { isLeaving, isSilent } from '../../shared/status/silence.ts';
import { definitionOf } from '../../shared/steps/catalogue.ts';
import { isOfNode } from '../../shared/steps/definition.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import { type OperatorView, operatorStanding } from './operator.ts';

export interface PhaseInput {
  planned: PlannedHost;
  /** null: never enrolled. */
  record: { lastContactAt: number; lastReportAt: number | null; readyAt: number | null } | null;
  /** All steps of the host's role; steps without a report are pending. */
  steps: readonly StepResult[];
  findings: Finding[];
  node: NodeFacts | null;
  now: number;
  /** The operator's decisions about this host. */
  operator: OperatorView;
}

export interface Standing {
  phase: Phase;
  /** "installing packages, 12 s". */
  summary: LocalText;
  remedy: LocalText;
}

const nothing = verbatim('');

/** The phase of a host. Loss of contact overrides the last report: a dead agent reports nothing. */
export function standing(input: PhaseInput): Standing {
  const { planned, record, now, operator } = input;
  const decided = decidedBy(input);
  if (decided !== null && isLeaving(operator.hold)) return decided;
  if (record === null) {
    const create = planned.role === 'worker' ? '--workers' : planned.name;
    return {
      phase: 'planned',
      summary: { en: 'not enrolled yet', zh: '尚未接入' },
      remedy: verbatim(`muster token create ${create}`),
    };
  }
  const { lastContactAt } = record;
  if (isSilent(operator.hold, lastContactAt, now)) return silent(input, duration((now - lastContactAt) / 1000));
  return decided ?? spoken(input);
}

/** The phase set by an operator's decision, which overrides the host's report. */
function decidedBy({ operator }: PhaseInput): Standing | null {
  return operatorStanding(operator);
}

function silent(input: PhaseInput, quiet: LocalText): Standing {
  const before = (decidedBy(input) ?? spoken(input)).summary;
  const { name } = input.planned;
  const look = 'systemctl status muster-agent';
  const create = `muster token create ${name}`;
  return {
    phase: 'silent',
    summary: {
      en: `silent for ${quiet.en}; last reported: ${before.en}`,
      zh: `已失联 ${quiet.zh}；最后上报：${before.zh}`,
    },
    remedy: {
      en: `on ${name}: ${look}; if its disk or the machine was replaced: ${create}`,
      zh: `在 ${name} 上：${look}；如果更换过磁盘或机器：${create}`,
    },
  };
}

/** A working node is Ready even if muster must not change it; the reason follows. */
function readyText(
  trouble: Finding | undefined,
  { planned, steps, findings, record }: Pick<PhaseInput, 'planned' | 'steps' | 'findings' | 'record'>,
): Pick<Standing, 'summary' | 'remedy'> {
  const drifted = steps.find(({ state }) => state === 'drifted');
  if (trouble === undefined)
    return drifted === undefined ? { summary: verbatim('Ready'), remedy: nothing } : driftText(drifted, planned.name);
  const { en, zh } = findingText(trouble);
  const what = blockedText({ steps, findings, wasReady: record?.readyAt != null }) ?? nothing;
  return {
    summary: { en: `Ready; ${en}; ${what.en}`, zh: `Ready；${zh}；${what.zh}` },
    remedy: blocked(trouble).remedy,
  };
}

function driftText(step: StepResult, host: string): Pick<Standing, 'summary' | 'remedy'> {
  const { message } = textsOf(step);
  return {
    summary: { en: `Ready; drift found, not corrected: ${message.en}`, zh: `Ready；发现漂移，未纠正：${message.zh}` },
    remedy: suggestion(step, host),
  };
}

/** A step's remedy is the host's own text, and a host may be under someone else's control: the reader is told who says it. */
function suggestion(step: StepResult, host: string): LocalText {
  const { en, zh } = textsOf(step).remedy;
  return en === '' ? nothing : { en: `${host} suggests: ${en}`, zh: `${host} 建议：${zh}` };
}

/** The phase according to the host's last report. */
function spoken(input: PhaseInput): Standing {
  const { record, findings, node, steps, now } = input;
  if (record?.lastReportAt == null) {
    const summary = { en: 'enrolled; waiting for its first report', zh: '已接入，正在等待首次上报' };
    return { phase: 'enrolled', summary, remedy: nothing };
  }
  const trouble = blockers(findings)[0];
  // A host that re-checks its steps, for example after an agent restart, stays Ready.
  const settled = steps.every(({ state }) => state !== 'applying' && state !== 'waiting' && state !== 'failed');
  const current = steps.find(({ state }) => state !== 'done' && state !== 'drifted' && state !== 'blocked');
  if (node?.ready && (current === undefined || (settled && record.readyAt !== null))) {
    return { phase: 'ready', ...readyText(trouble, input) };
  }
  if (trouble !== undefined && !(node?.ready && record.readyAt !== null)) return blocked(trouble);
  if (node !== null && !node.ready && settled && record.readyAt !== null) return notReady(verbatim(node.reason));
  if (current === undefined) {
    return notReady(
      node === null ? { en: 'its Node object is not visible', zh: '看不到其 Node 对象' } : verbatim(node.reason),
    );
  }
  return atStep(current, input, now);
}

function blocked(finding: Finding): Standing {
  const { remedy, command } = finding;
  const { en, zh } = findingText(finding);
  return {
    phase: 'blocked',
    summary: { en: `blocked: ${en}`, zh: `受阻：${zh}` },
    remedy: command === '' ? remedy : verbatim(command),
  };
}

function notReady(reason: LocalText): Standing {
  const summary =
    reason.en === ''
      ? { en: 'not Ready', zh: '未 Ready' }
      : { en: `not Ready: ${reason.en}`, zh: `未 Ready：${reason.zh}` };
  return { phase: 'not-ready', summary, remedy: nothing };
}

function atStep(step: StepResult, { planned, node, record }: PhaseInput, now: number): Standing {
  const { id, state, startedAt } = step;
  if (state === 'failed') return failed(step, planned.name);
  if (id === 'node-ready' && record?.readyAt != null && node !== null && !node.ready) {
    return notReady(verbatim(node.reason));
  }
  const doing = activity(id);
  const definition = definitionOf[id];
  if (state === 'waiting') {
    const joining = isOfNode(definition) && definition.waitsFor !== 'cluster';
    const { message } = textsOf(step);
    return {
      phase: joining ? 'joining' : 'waiting',
      summary: message.en === '' ? doing : message,
      remedy: suggestion(step, planned.name),
    };
  }
  const phase = isOfNode(definition) ? 'joining' : 'preparing';
  if (state !== 'applying' || startedAt === null) return { phase, summary: doing, remedy: nothing };
  const since = duration((now - Date.parse(startedAt)) / 1000);
  const summary = { en: `${doing.en}, ${since.en}`, zh: `${doing.zh}，${since.zh}` };
  return { phase, summary, remedy: nothing };
}

function failed(step: StepResult, host: string): Standing {
  const what = failure(step.id, step.attempts);
  const { message } = textsOf(step);
  return {
    phase: 'failed',
    summary: { en: `${what.en}: ${message.en}`, zh: `${what.zh}：${message.zh}` },
    remedy: suggestion(step, host),
  };
}
