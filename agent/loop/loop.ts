import type { Target } from '../../shared/protocol/assignment.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Host } from '../host/host.ts';
import { type End, effectOf, restAfter, resumeAt } from './decide.ts';
import { createLatch, type Latch } from './latch.ts';
import { doRound, look, type Round, type RoundParts } from './round.ts';
import { createStepTable } from './step-table.ts';

export interface Loop {
  onTarget(target: Target): void;
  /** Triggers a full check now. */
  wake(): void;
  /** Whether all steps are done. */
  isDone(): boolean;
  run(signal: AbortSignal): Promise<void>;
}

/**
 * The reconcile loop: facts, preflight, steps, rest. Invariants: one round at a time; a round works for one assignment
 * and is aborted when one with other work arrives; nothing changes on the host while a finding blocks.
 */
export function createLoop(given: Omit<RoundParts, 'table'>): Loop {
  const { host, log } = given;
  const parts = { ...given, table: createStepTable(given.journal, host.now) };
  const news = createLatch();
  let target: Target | null = null;
  let recheck = false;
  let current = new AbortController();
  let end: End = { state: 'idle' };

  async function run(signal: AbortSignal): Promise<void> {
    let facts: Facts | null = null;
    let sameFor = 0;
    while (!signal.aborted) {
      news.reset();
      const from = resumeAt(end, recheck);
      recheck = false;
      current = new AbortController();
      const before = end.state;
      const last: Parameters<typeof doRound>[2] = facts !== null && from !== undefined ? { facts, from } : null;
      const round: Round | null = await doRound(parts, target, last, AbortSignal.any([signal, current.signal])).catch(
        (error) => {
          if (!signal.aborted && !current.signal.aborted) throw error;
          return null;
        },
      );
      if (signal.aborted) return;
      if (round === null) {
        log.info('assignment changed; checking all steps');
        recheck = true;
        continue;
      }
      ({ end, facts } = round);
      sameFor = end.state === before && !round.remedied ? sameFor + 1 : 0;
      if (end.state === 'done' && before !== 'done') await look(parts, target?.assignment ?? null);
      await rest(host, news, restAfter(end, { sameFor, remedied: round.remedied }), signal);
    }
  }

  return {
    onTarget(next) {
      const effect = effectOf(target, next);
      target = next;
      if (next.assignment === null) log.info('no assignment', { reason: next.reason.en });
      if (next.hold !== undefined) log.info('changes on this host are stopped', { reason: next.hold.reason.en });
      if (effect === 'restart') {
        recheck = true;
        current.abort();
      }
      if (effect !== 'none') news.set();
    },
    wake() {
      recheck = true;
      news.set();
    },
    isDone: () => end.state === 'done',
    run,
  };
}

/** Waits for an event, the signal or `ms`; null: no time limit. */
async function rest(host: Pick<Host, 'sleep'>, news: Latch, ms: number | null, signal: AbortSignal): Promise<void> {
  const pause = new AbortController();
  signal.addEventListener('abort', news.set, { once: true });
  await (ms === null ? news.wait() : Promise.race([host.sleep(ms, pause.signal), news.wait()]));
  pause.abort();
  signal.removeEventListener('abort', news.set);
}
