import { titleOf } from '../../shared/preflight/catalogue.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { HostStatus, Status } from '../../shared/protocol/status.ts';
import {
  currentStep,
  duration,
  lastContact,
  openFindings,
  stepSeconds,
  stuckBecause,
} from '../../shared/status/host.ts';
import { phaseText, phaseTone } from '../../shared/status/phases.ts';
import { roleTitle } from '../../shared/steps/catalogue.ts';
import type { Language } from '../../shared/text/local-text.ts';
import type { Paint } from './paint.ts';
import { type Cell, table } from './table.ts';
import { clean } from './text.ts';
import { words } from './words.ts';

export interface Style {
  paint: Paint;
  language: Language;
  /** The terminal's width; absent: it is none, or does not know. */
  columns?: number | undefined;
}

const colons: Record<Language, string> = { en: ': ', zh: '：' };

/** `muster status` for a person: the cluster in a sentence, a row per host, and below what needs a person. */
export function overview(status: Status, style: Style): string[] {
  const { cluster, hosts, planProblems } = status;
  const { paint, language } = style;
  const colon = colons[language];
  const plan = paint.tone('bad', words.plan[language]);
  const unplanned = paint.tone('warn', words.unplannedNode[language]);
  return [
    `${paint.strong(clean(cluster.name))}, Kubernetes ${clean(cluster.kubernetesVersion)}${colon}${clean(cluster.summary)}`,
    ...(status.notices ?? []).flatMap(({ text, command }) => [
      `${paint.tone('bad', words.coordinator[language])}${colon}${clean(text[language])}`,
      ...(command === '' ? [] : [`    ${paint.strong(clean(command))}`]),
    ]),
    ...planProblems.map((problem) => `${plan}: ${clean(problem)}`),
    ...(planProblems.length > 0 ? [paint.faint(words.planStays[language])] : []),
    ...section(hosts.length === 0 ? [] : hostTable(status, style)),
    ...section(hosts.flatMap((host) => notes(host, style))),
    ...section(cluster.unplannedNodes.map(({ name }) => `${unplanned}: ${clean(name)}`)),
    ...section(firstSteps(hosts, style)),
  ];
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function hostTable({ hosts, coordinator }: Status, { paint, language, columns }: Style): string[] {
  const { host, role, phase, lastContact: contact, steps, step } = words;
  const heading = [host, role, phase, contact, steps, step].map(
    (text): Cell => ({ text: text[language], paint: paint.faint }),
  );
  const rows = hosts.map((host): (string | Cell)[] => [
    clean(host.name),
    roleTitle[host.role][language],
    { text: phaseText(host.phase, language), paint: (text) => paint.tone(phaseTone(host.phase), text) },
    lastContact(host, language),
    `${host.stepsDone}/${host.stepsTotal}`,
    stepText(host, coordinator.now, language),
  ]);
  return table([heading, ...rows], columns || undefined);
}

/** "Pull the images of this node, 48 s". */
function stepText(host: HostStatus, now: string, language: Language): string {
  const step = currentStep(host);
  // The step of a host that is silent is not what it is doing now.
  if (step === undefined || host.enrolledAt === null || host.phase === 'ready' || host.phase === 'silent') return '';
  const seconds = step.state === 'applying' ? stepSeconds(step, now) : null;
  const comma = { en: ', ', zh: '，' }[language];
  return clean(step.title) + (seconds === null ? '' : `${comma}${duration(seconds, language)}`);
}

/** Why a host does not get on, and its findings, each with the command that mends it below. */
function notes(host: HostStatus, style: Style): string[] {
  const { paint, language } = style;
  const stuck = stuckBecause(host);
  const label = paint.tone('bad', phaseText(host.phase, language));
  return [
    ...(stuck ? note([label, host.name, stuck.summary], stuck.remedy, style) : []),
    ...openFindings(host).flatMap((finding) => findingNote(host.name, finding, style)),
  ];
}

function findingNote(name: string, finding: Finding, style: Style): string[] {
  const { paint, language } = style;
  const { id, level, seen, needed, remedy, command } = finding;
  const label =
    level === 'error' ? paint.tone('bad', words.error[language]) : paint.tone('warn', words.warning[language]);
  const wanted = needed.en === '' ? '' : words.needed(needed[language])[language];
  const colon = colons[language];
  const text = `${titleOf(id)[language]}${colon}${seen[language]}${wanted}`;
  return note([label, name, text], command || remedy[language], style);
}

/** "error: node02: what is wrong", and below what mends it. */
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
