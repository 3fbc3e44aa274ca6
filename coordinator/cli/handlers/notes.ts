import type { Finding } from '../../../shared/protocol/finding.ts';
import type { HostStatus } from '../../../shared/protocol/status.ts';
import { blockedText } from '../../../shared/status/blocked.ts';
import { findingText } from '../../../shared/status/finding.ts';
import { openFindings, stuckBecause } from '../../../shared/status/host.ts';
import { phaseWord } from '../../../shared/status/phases.ts';
import { listText } from '../../../shared/text/list.ts';
import type { Language } from '../../../shared/text/local-text.ts';
import { clean } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';
import type { Style } from './style.ts';

export const colons: Record<Language, string> = { en: ': ', zh: '：' };

interface Note {
  label: string;
  text: string;
  fix: string;
  /** What waits for it; empty: nothing. */
  blocks: string;
}

/** Why hosts are stuck, and their findings, each followed by its fix; what several hosts have is printed once. */
export function noteLines(hosts: readonly HostStatus[], style: Style): string[] {
  const all = hosts.flatMap((host) => notesOf(host, style).map((note) => ({ name: clean(host.name), note })));
  const same = Map.groupBy(all, ({ note }) => JSON.stringify(note));
  return [...same.values()].flatMap((group) => {
    const names = listText(group.map(({ name }) => name))[style.language];
    return group.slice(0, 1).flatMap(({ note }) => linesOf(note, names, style));
  });
}

/** "error: node01, node02: MESSAGE", followed by the fix and what waits for it. */
function linesOf({ label, text, fix, blocks }: Note, names: string, { paint, language }: Style): string[] {
  const first = [label, names, text].join(colons[language]);
  return [first, ...(fix === '' ? [] : [`    ${paint.strong(fix)}`]), ...(blocks === '' ? [] : [`    ${blocks}`])];
}

function notesOf(host: HostStatus, style: Style): Note[] {
  const { paint, language } = style;
  const stuck = stuckBecause(host);
  const findings = openFindings(host);
  const waits = host.enrolledAt === null ? null : blockedText({ ...host, wasReady: host.readyAt !== null });
  const lastError = findings.findLast(({ level }) => level === 'error');
  return [
    ...(stuck === null
      ? []
      : [
          {
            label: paint.tone('bad', phaseWord(host.phase)[language]),
            text: clean(stuck.summary[language]),
            fix: clean(stuck.remedy[language]),
            blocks: '',
          },
        ]),
    ...findings.map((finding) => ({
      ...findingNote(finding, style),
      blocks: waits !== null && finding === lastError ? clean(waits[language]) : '',
    })),
  ];
}

function findingNote(finding: Finding, { paint, language }: Style): Omit<Note, 'blocks'> {
  const { level, remedy, command } = finding;
  const label =
    level === 'error' ? paint.tone('bad', words.error[language]) : paint.tone('warn', words.warning[language]);
  return { label, text: clean(findingText(finding)[language]), fix: clean(command || remedy[language]) };
}
