/** A pause on all hosts longer than this is drawn as a break. */
const longestPauseMs = 90_000;
/** Width of a break in pixels. */
const breakWidth = 28;

export interface Scale {
  /** Pixels from the left. */
  x: (at: number) => number;
  ticks: { at: number; x: number; seconds: number }[];
  breaks: { x: number; seconds: number }[];
}

interface Span {
  from: number;
  to: number;
}

/** Maps time to pixels: linear, except that long pauses are compressed so that the rest stays readable. */
export function createScale(spans: readonly Span[], width: number): Scale {
  const busy = merge(spans);
  const total = busy.reduce((sum, { from, to }) => sum + to - from, 0) || 1;
  const room = Math.max(1, width - breakWidth * (busy.length - 1));
  const perMs = room / total;
  let left = 0;
  const pieces = busy.map((piece) => {
    const start = left;
    left += (piece.to - piece.from) * perMs + breakWidth;
    return { ...piece, start };
  });
  const x = (at: number) => {
    const piece = pieces.findLast(({ from }) => from <= at) ?? pieces[0];
    if (piece === undefined) return 0;
    return piece.start + (Math.min(Math.max(at, piece.from), piece.to) - piece.from) * perMs;
  };
  const first = pieces[0];
  const every = stepFor(total, room);
  const ticks = pieces.flatMap(({ from, to }) => {
    const begin = first?.from ?? from;
    const tick = Math.ceil((from - begin) / every) * every;
    return Array.from({ length: Math.max(0, Math.floor((to - begin - tick) / every) + 1) }, (_, index) => {
      const at = begin + tick + index * every;
      return { at, x: x(at), seconds: (at - begin) / 1000 };
    });
  });
  const breaks = pieces.slice(1).map(({ from, start }, index) => ({
    x: start - breakWidth / 2,
    seconds: (from - (pieces[index]?.to ?? from)) / 1000,
  }));
  return { x, ticks, breaks };
}

/** Spans with activity on any host; short pauses are included. */
function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from - last.to <= longestPauseMs) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** A round tick interval in milliseconds, about 90 pixels apart. */
function stepFor(total: number, width: number): number {
  const wanted = (total / width) * 90;
  const round = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];
  return (round.find((seconds) => seconds * 1000 >= wanted) ?? 86_400) * 1000;
}
