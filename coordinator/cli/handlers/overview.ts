import { formatProblem } from '../../../shared/plan/problem.ts';
import type { StatusPage } from '../../../shared/protocol/status.ts';
import { coordinatorsText } from '../../../shared/status/coordinators.ts';
import { etcdText } from '../../../shared/status/etcd.ts';
import { phasesText } from '../../../shared/status/phases.ts';
import { settingNoteText } from '../../../shared/status/setting-note.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import type { Selection } from '../status-pages.ts';
import { clean } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';
import { hostTable } from './host-table.ts';
import { colons, noteLines } from './notes.ts';
import { commandForAll } from './selection.ts';
import type { Style } from './style.ts';

interface OverviewStyle extends Style {
  /** Which hosts were asked for. */
  selection: Selection;
}

/** Entries of a list that are printed; more are counted. */
const most = 20;

/** `muster status` for a terminal: a summary, a row per shown host, then problems that need an operator. */
export function overview(status: StatusPage, style: OverviewStyle): string[] {
  const { cluster, coordinator, hosts, planProblems } = status;
  const { paint, language } = style;
  const colon = colons[language];
  const plan = paint.tone('bad', words.plan[language]);
  const unplanned = paint.tone('warn', words.unplannedNode[language]);
  return [
    `${paint.strong(clean(cluster.name))}${{ en: ', ', zh: '，' }[language]}Kubernetes ${clean(cluster.kubernetesVersion)}${colon}${clean(cluster.summary[language])}`,
    ...(cluster.etcd === undefined ? [] : [`etcd${colon}${clean(etcdText(cluster.etcd)[language])}`]),
    ...(coordinator.all === undefined
      ? []
      : [`${words.coordinator[language]}${colon}${clean(coordinatorsText(coordinator.all)[language])}`]),
    ...(status.notices ?? []).flatMap(({ text, command }) => [
      `${paint.tone('bad', words.coordinator[language])}${colon}${clean(text[language])}`,
      ...(command === '' ? [] : [`    ${paint.strong(clean(command))}`]),
    ]),
    ...bounded(
      planProblems.map((problem) => `${plan}${colon}${clean(formatProblem(problem.file, problem)[language])}`),
      language,
    ),
    ...(status.settingNotes ?? []).flatMap((note) => [
      `${paint.tone('warn', words.plan[language])}${colon}${clean(settingNoteText(note)[language])}`,
      `    ${paint.strong(clean(note.remedy[language]))}`,
    ]),
    ...(planProblems.length > 0 ? [paint.faint(words.planStays[language])] : []),
    ...section([
      ...countLines(status, style),
      ...(hosts.length === 0 ? [] : hostTable(hosts, 'status', Date.parse(coordinator.now), style)),
      ...restLines(status, style),
    ]),
    ...section(noteLines(hosts, style)),
    ...section(
      bounded(
        cluster.unplannedNodes.map(({ name }) => `${unplanned}${colon}${clean(name)}`),
        language,
      ),
    ),
    ...section(firstSteps(status, style)),
  ];
}

/** The first entries of a list that has no limit of its own, and how many more there are. */
function bounded(lines: readonly string[], language: Language): string[] {
  const more = lines.length - most;
  return more <= 0 ? [...lines] : [...lines.slice(0, most), words.andMore(more)[language]];
}

/** If the table does not have all hosts: how many there are in each phase, and how many match. */
function countLines({ page }: StatusPage, { language, paint, selection }: OverviewStyle): string[] {
  const isFiltered = selection.phase !== undefined || selection.search !== undefined;
  if (page.next === null && !isFiltered) return [];
  return [
    words.hostsByPhase(page.total, phasesText(page.phases))[language],
    ...(isFiltered ? [paint.strong(words.matching(page.matching, page.total)[language])] : []),
  ];
}

function restLines({ page, hosts }: StatusPage, { language, paint, selection }: OverviewStyle): string[] {
  if (page.next === null) return [];
  return [
    words.notShown(hosts.length, page.matching - hosts.length)[language],
    `    ${paint.strong(commandForAll(selection, page.matching))}`,
  ];
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

function firstSteps({ page }: StatusPage, { paint, language }: Style): string[] {
  if (page.phases.planned !== page.total) return [];
  return [
    words.noHostYet[language],
    `    ${paint.strong('sudo muster token create --workers')}`,
    `    ${paint.strong('sudo muster token create HOST')}`,
  ];
}
