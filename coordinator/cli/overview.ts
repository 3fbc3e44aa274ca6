import { titleOf } from '../../shared/preflight/catalogue.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { HostStatus, Status } from '../../shared/protocol/status.ts';
import { roleTitle } from '../../shared/steps/catalogue.ts';
import {
  currentStep,
  duration,
  lastContact,
  openFindings,
  phaseText,
  phaseTone,
  stepSeconds,
  stuckBecause,
} from '../web/words.ts';
import type { Paint } from './paint.ts';
import { type Cell, table } from './table.ts';
import { clean } from './text.ts';

/** `muster status` for a person: the cluster in a sentence, a row per host, and below what needs a person. */
export function overview(status: Status, paint: Paint): string[] {
  const { cluster, hosts, planProblems } = status;
  return [
    `${paint.strong(clean(cluster.name))}, Kubernetes ${clean(cluster.kubernetesVersion)}: ${clean(cluster.summary)}`,
    ...planProblems.map((problem) => `${paint.tone('bad', 'plan')}: ${clean(problem)}`),
    ...(planProblems.length > 0 ? [paint.faint('The last good plan stays in force.')] : []),
    ...section(hosts.length === 0 ? [] : hostTable(status, paint)),
    ...section(hosts.flatMap((host) => notes(host, paint))),
    ...section(cluster.unplannedNodes.map(({ name }) => `${paint.tone('warn', 'unplanned node')}: ${clean(name)}`)),
    ...section(firstSteps(hosts, paint)),
  ];
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function hostTable({ hosts, coordinator }: Status, paint: Paint): string[] {
  const heading = ['HOST', 'ROLE', 'PHASE', 'LAST CONTACT', 'STEPS', 'STEP'].map(
    (text): Cell => ({ text, paint: paint.faint }),
  );
  const rows = hosts.map((host): (string | Cell)[] => [
    clean(host.name),
    roleTitle[host.role].en,
    { text: phaseText(host.phase), paint: (text) => paint.tone(phaseTone(host.phase), text) },
    lastContact(host),
    `${host.stepsDone}/${host.stepsTotal}`,
    stepText(host, coordinator.now),
  ]);
  return table([heading, ...rows]);
}

/** "Pull the images that this node needs, 48 s". */
function stepText(host: HostStatus, now: string): string {
  const step = currentStep(host);
  if (step === undefined || host.enrolledAt === null || host.phase === 'ready') return '';
  const seconds = step.state === 'applying' ? stepSeconds(step, now) : null;
  return clean(step.title) + (seconds === null ? '' : `, ${duration(seconds)}`);
}

/** Why a host does not get on, and its findings, each with the command that mends it below. */
function notes(host: HostStatus, paint: Paint): string[] {
  const stuck = stuckBecause(host);
  return [
    ...(stuck ? note(paint.tone('bad', phaseText(host.phase)), host.name, stuck.summary, stuck.remedy, paint) : []),
    ...openFindings(host).flatMap((finding) => findingNote(host.name, finding, paint)),
  ];
}

function findingNote(name: string, { id, level, seen, needed, remedy, command }: Finding, paint: Paint): string[] {
  const label = paint.tone(level === 'error' ? 'bad' : 'warn', level);
  const text = `${titleOf(id).en}: ${seen.en}${needed.en === '' ? '' : `; needed: ${needed.en}`}`;
  return note(label, name, text, command || remedy.en, paint);
}

function note(label: string, name: string, text: string, remedy: string, paint: Paint): string[] {
  const first = `${label}: ${clean(name)}: ${clean(text)}`;
  return remedy === '' ? [first] : [first, `    ${paint.strong(clean(remedy))}`];
}

function firstSteps(hosts: readonly HostStatus[], paint: Paint): string[] {
  if (hosts.some((host) => host.enrolledAt !== null)) return [];
  return [
    'No host has enrolled yet. Print the line to paste on the workers, and one for each control plane:',
    `    ${paint.strong('sudo muster token create --workers')}`,
    `    ${paint.strong('sudo muster token create HOST')}`,
  ];
}
