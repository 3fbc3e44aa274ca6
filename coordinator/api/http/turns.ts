import type { RequestHandler } from 'express';
import { busy } from '../../store/group-commit.ts';

/** Time after which other events get their turn, in ms. */
const usualSliceMs = 10;
/** Once requests wait longer than this, in ms, new ones are asked to return later; clients give up after 10 s. */
const usualPatienceMs = 5000;

/**
 * Middleware that handles requests in order, in slices between which timers and other events have their turn: of a
 * flood, Node would handle thousands first. Skips clients that have disconnected; throws MusterError 503 `busy` if the
 * first has waited too long.
 */
export function createTurns({ sliceMs = usualSliceMs, patienceMs = usualPatienceMs } = {}): RequestHandler {
  let waiting: { since: number; next: () => void; isGone: () => boolean }[] = [];
  let isRunning = false;

  function slice(): void {
    const end = performance.now() + sliceMs;
    const turn = waiting;
    waiting = [];
    let done = 0;
    try {
      for (const { next, isGone } of turn) {
        done += 1;
        if (!isGone()) next();
        if (performance.now() > end) break;
      }
    } finally {
      waiting = [...turn.slice(done), ...waiting];
      isRunning = waiting.length > 0;
      if (isRunning) setImmediate(slice);
    }
  }

  return (request, _response, next) => {
    const since = performance.now();
    if (since - (waiting[0]?.since ?? since) > patienceMs) throw busy(waiting.length);
    waiting.push({ since, next, isGone: () => request.socket.destroyed });
    if (!isRunning) setImmediate(slice);
    isRunning = true;
  };
}

/** The turns of this process, which has one event loop. */
export const inTurn = createTurns();
