import { definitionOf } from '../steps/catalogue.ts';
import type { Language } from '../text/local-text.ts';
import type { Taken } from './estimate.ts';
import type { HostRow } from './row.ts';

type Step = HostRow['steps'][number];
/** Fields of a step that are empty for most; absent: empty. */
type Rest = Partial<Omit<Step, 'id' | 'state' | 'startedAt' | 'endedAt' | 'attempts' | 'title'>>;

/** A step: id, state, times in milliseconds since the epoch, attempts, and what else is not empty. */
export type PackedStep = readonly [
  id: Step['id'],
  state: Step['state'],
  startedAt: number | null,
  endedAt: number | null,
  attempts: number,
  rest?: Rest,
];

/** A row as kept and sent by the coordinator: steps are most of a row, and have the same titles on all hosts. */
export type PackedRow = Omit<HostRow, 'steps'> & { steps: readonly PackedStep[] };

export function packRow(row: HostRow): PackedRow {
  return { ...row, steps: row.steps.map(packStep) };
}

function packStep({ id, state, startedAt, endedAt, attempts, title: _title, ...others }: Step): PackedStep {
  const rest: Rest = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== ''));
  const packed = [id, state, time(startedAt), time(endedAt), attempts] as const;
  return Object.keys(rest).length === 0 ? packed : [...packed, rest];
}

/** The steps as they were packed, with titles in `language`. */
export function unpackSteps(steps: readonly PackedStep[], language: Language): Step[] {
  return steps.map(([id, state, startedAt, endedAt, attempts, rest]) => ({
    ...{ id, state, attempts, startedAt: iso(startedAt), endedAt: iso(endedAt), message: '', remedy: '' },
    ...rest,
    title: definitionOf[id].title[language],
  }));
}

/** Seconds that the finished steps took. */
export function packedTaken({ steps }: PackedRow): Taken {
  return steps.flatMap(([id, state, startedAt, endedAt]) =>
    state === 'done' && startedAt !== null && endedAt !== null
      ? [[id, Math.max(0, (endedAt - startedAt) / 1000)] as const]
      : [],
  );
}

const time = (at: string | null) => (at === null ? null : Date.parse(at));
const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());
