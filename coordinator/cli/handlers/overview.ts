import { formatProblem } from '../../../shared/plan/problem.ts';
import type { Finding } from '../../../shared/protocol/finding.ts';
import type { HostStatus, Status } from '../../../shared/protocol/status.ts';
import { blockedText } from '../../../shared/status/blocked.ts';
import { coordinatorsText } from '../../../shared/status/coordinators.ts';
import { etcdText } from '../../../shared/status/etcd.ts';
import { findingText } from '../../../shared/status/finding.ts';
import { openFindings, stuckBecause } from '../../../shared/status/host.ts';
import { phaseWord } from '../../../shared/status/phases.ts';
import { settingNoteText } from '../../../shared/status/setting-note.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import type { Paint } from '../terminal/paint.ts';
import { clean } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';
import { hostTable } from './host-table.ts';

export interface Style {
  paint: Paint;
  language: Language;
  /** The terminal's width; absent if unknown or not a terminal. */
  columns?: number | undefined;
}

const colons: Record<Language, string> = { en: ': ', zh: '：' };

/** `muster status` for a terminal: a summary, a row per host, then problems that need an operator. */
export function overview(status: Status, style: Style): string[] {
  const { cluster, coordinator, hosts, planProblems } = status;
  const { paint, language } = style;
  const colon = colons[language];
  const plan = paint.tone('bad', words.plan[language]);
  const unplanned = paint.tone('warn', words.unplannedNode[language]);
  return [
    `${paint.strong(clean(cluster.name))}, Kubernetes ${clean(cluster.kubernetesVersion)}${colon}${clean(cluster.summary[language])}`,
    ...(cluster.etcd === undefined ? [] : [`etcd${colon}${clean(etcdText(cluster.etcd)[language])}`]),
    ...(coordinator.all === undefined
      ? []
      : [`${words.coordinator[language]}${colon}${clean(coordinatorsText(coordinator.all)[language])}`]),
    ...(status.notices ?? []).flatMap(({ text, command }) => [
      `${paint.tone('bad', words.coordinator[language])}${colon}${clean(text[language])}`,
      ...(command === '' ? [] : [`    ${paint.strong(clean(command))}`]),
    ]),
    ...planProblems.map((problem) => `${plan}${colon}${clean(formatProblem(problem.file, problem)[language])}`),
    ...(status.settingNotes ?? []).flatMap((note) => [
      `${paint.tone('warn', words.plan[language])}${colon}${clean(settingNoteText(note)[language])}`,
      `    ${paint.strong(clean(note.remedy[language]))}`,
    ]),
    ...(planProblems.length > 0 ? [paint.faint(words.planStays[language])] : []),
    ...section(hosts.length === 0 ? [] : hostTable(hosts, 'status', Date.parse(coordinator.now), style)),
    ...section(hosts.flatMap((host) => notes(host, style))),
    ...section(cluster.unplannedNodes.map(({ name }) => `${unplanned}: ${clean(name)}`)),
    ...section(firstSteps(hosts, style)),
  ];
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** Why a host is stuck, and its findings, each followed by its fix. */
function notes(host: HostStatus, style: Style): string[] {
  const { paint, language } = style;
  const stuck = stuckBecause(host);
  const waits = host.enrolledAt === null ? null : blockedText({ ...host, wasReady: host.readyAt !== null });
  const label = paint.tone('bad', phaseWord(host.phase)[language]);
  return [
    ...(stuck ? note([label, host.name, stuck.summary[language]], stuck.remedy[language], style) : []),
    ...openFindings(host).flatMap((finding) => findingNote(host.name, finding, style)),
    ...(waits === null ? [] : [`    ${clean(waits[language])}`]),
  ];
}

function findingNote(name: string, finding: Finding, style: Style): string[] {
  const { paint, language } = style;
  const { level, remedy, command } = finding;
  const label =
    level === 'error' ? paint.tone('bad', words.error[language]) : paint.tone('warn', words.warning[language]);
  return note([label, name, findingText(finding)[language]], command || remedy[language], style);
}

/** "error: node02: MESSAGE", followed by the fix. */
function note(
  [label, name, text]: readonly [label: string, name: string, text: string],
  remedy: string,
  { paint, language }: Style,
): string[] {
  const first = [label, clean(name), clean(text)].join(colons[language]);
  return remedy === '' ? [first] : [first, `    ${paint.strong(clean(remedy))}`];
}

function firstSteps(hosts: readonly HostStatus[], { paint, language }: Style): string[] {
  if (hosts.some((host) => host.enrolledAt !== null)) return [];
  return [
    words.noHostYet[language],
    `    ${paint.strong('sudo muster token create --workers')}`,
    `    ${paint.strong('sudo muster token create HOST')}`,
  ];
}
