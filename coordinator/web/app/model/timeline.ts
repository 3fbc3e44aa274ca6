import type { HostRow } from '../../../../shared/status/row.ts';
import { definitionOf, type StepId } from '../../../../shared/steps/catalogue.ts';
import type { Part } from '../../../../shared/steps/definition.ts';

export interface Bar {
  id: StepId;
  title: string;
  part: Part;
  /** Milliseconds since the epoch. */
  from: number;
  to: number;
  running: boolean;
  failed: boolean;
}

/** Time between two steps in which a host waited for something outside itself. */
export interface Wait {
  from: number;
  to: number;
  /** The step of another host that it waited for, if known. */
  on: { host: string; step: string } | null;
}

export interface Lane {
  name: string;
  bars: Bar[];
  waits: Wait[];
}

/** A step of one host that allowed a step of another to start. */
export interface Link {
  fromLane: number;
  toLane: number;
  at: number;
  begins: number;
}

export interface Timeline {
  lanes: Lane[];
  links: Link[];
  from: number;
  to: number;
  /** Nothing is running any more. */
  over: boolean;
}

type Row = Pick<HostRow, 'name' | 'steps' | 'readyAt'>;

/** Shorter pauses are the agent's own between two steps. */
const shortestWaitMs = 1500;
/** Steps that a joining host waits for; the last one that ended before the join counts. */
const opensJoin = ({ id }: Bar) => definitionOf[id].opensJoin === true;

/**
 * The bring-up as bars, the waits between them, and links between steps of different hosts; null: nothing has started.
 */
export function timeline(rows: readonly (Row & Pick<HostRow, 'phase'>)[], now: number): Timeline | null {
  const lanes = rows.map((row) => laneOf(row, now));
  const bars = lanes.flatMap((lane) => lane.bars);
  if (bars.length === 0) return null;
  const links = joinLinks(lanes);
  for (const link of links) explain(lanes, link);
  return {
    lanes,
    links,
    from: bars.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY),
    to: bars.reduce((most, { to }) => Math.max(most, to), 0),
    over: !bars.some(({ running }) => running) && rows.every(({ phase }) => phase === 'ready'),
  };
}

function laneOf(row: Row, now: number): Lane {
  const bars = row.steps
    .flatMap((step): Bar[] => {
      const { id, title, state, startedAt, endedAt, attempts } = step;
      const running = state === 'applying' || state === 'waiting' || state === 'checking';
      // Steps that needed no change are re-checked with a new time each; they are not part of the bring-up.
      if (startedAt === null || (attempts === 0 && !running)) return [];
      const from = Date.parse(startedAt);
      const to = endedAt !== null && state !== 'applying' ? Date.parse(endedAt) : running ? now : from;
      return [
        { id, title, part: definitionOf[id].part, from, to: Math.max(from, to), running, failed: state === 'failed' },
      ];
    })
    .sort((a, b) => a.from - b.from);
  return { name: row.name, bars: [...bars, ...untilReady(row, bars)], waits: waitsOf(bars) };
}

/** From the last applied step until the node was Ready, while its pods start. */
function untilReady({ steps, readyAt }: Row, bars: readonly Bar[]): Bar[] {
  const step = steps.find(({ id }) => id === 'node-ready');
  const from = bars.reduce((most, { to }) => Math.max(most, to), 0);
  const to = readyAt === null ? 0 : Date.parse(readyAt);
  if (step === undefined || bars.length === 0 || to <= from) return [];
  return [
    { id: step.id, title: step.title, part: definitionOf[step.id].part, from, to, running: false, failed: false },
  ];
}

function waitsOf(bars: readonly Bar[]): Wait[] {
  let reached = bars[0]?.to ?? 0;
  const waits: Wait[] = [];
  for (const { from, to } of bars.slice(1)) {
    if (from - reached >= shortestWaitMs) waits.push({ from: reached, to: from, on: null });
    reached = Math.max(reached, to);
  }
  return waits;
}

function joinLinks(lanes: readonly Lane[]): Link[] {
  const opened = lanes.flatMap(({ bars }, lane) => {
    const ends = bars.filter((bar) => opensJoin(bar) && !bar.running).map(({ to }) => to);
    return ends.length === 0 ? [] : [{ lane, at: Math.max(...ends) }];
  });
  return lanes.flatMap(({ bars }, toLane) => {
    const join = bars.find(({ part }) => part === 'join');
    if (join === undefined) return [];
    const before = opened.filter(({ lane, at }) => lane !== toLane && at <= join.from).sort((a, b) => b.at - a.at)[0];
    return before === undefined ? [] : [{ fromLane: before.lane, toLane, at: before.at, begins: join.from }];
  });
}

/** Attributes the wait that ended with a link to the origin of the link. */
function explain(lanes: readonly Lane[], { fromLane, toLane, begins }: Link): void {
  const from = lanes[fromLane];
  const wait = lanes[toLane]?.waits.find(({ to }) => to === begins);
  const last = from?.bars.filter(opensJoin).at(-1);
  if (from !== undefined && wait !== undefined && last !== undefined) wait.on = { host: from.name, step: last.title };
}
