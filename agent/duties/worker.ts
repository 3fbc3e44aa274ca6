import { messageOf, textOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Duty, DutyEnd, DutyProgress } from '../../shared/protocol/duty.ts';
import type { Host } from '../host/host.ts';
import type { Client } from '../link/client.ts';
import type { Retrier } from '../link/retry.ts';

/** Delay before a failed duty that is still wanted is retried, in ms. */
const rest = 5000;

interface Means {
  host: Pick<Host, 'sleep'>;
  /** `tell` reports the progress of a long duty. */
  perform(duty: Duty, signal: AbortSignal, tell: (progress: DutyProgress) => Promise<void>): Promise<DutyEnd>;
  client: Pick<Client, 'dutyResult'>;
  untilDone: Retrier;
  log: Logger;
  /** Called after a duty has succeeded, when the cluster may have changed. */
  onDone(duty: Duty): void;
}

/**
 * Performs duties concurrently, beside the loop. Invariants: a duty runs once at a time; a duty that succeeded and was
 * reported is not repeated; a duty that the coordinator no longer wants is aborted, and starts again if it wants it again.
 */
export function createDutyWorker({ host, perform, client, untilDone, log, onDone }: Means) {
  const atWork = new Map<string, AbortController>();
  const done = new Set<string>();
  let wanted: readonly Duty[] = [];

  async function outcome(duty: Duty, signal: AbortSignal): Promise<DutyEnd> {
    // Lost progress is superseded by the next message.
    const tell = (progress: DutyProgress) => client.dutyResult(duty.id, progress, signal).catch(() => undefined);
    try {
      return await perform(duty, signal, tell);
    } catch (error) {
      return { outcome: 'failed', message: textOf(error) };
    }
  }

  async function work(duty: Duty, signal: AbortSignal): Promise<void> {
    log.info('duty started', { duty: duty.id, type: duty.type });
    for (;;) {
      const result = await outcome(duty, signal);
      signal.throwIfAborted();
      await untilDone('report a duty’s result', () => client.dutyResult(duty.id, result, signal), signal);
      if (result.outcome === 'done') {
        done.add(duty.id);
        log.info('duty done', { duty: duty.id, type: duty.type });
        return onDone(duty);
      }
      log.warn('duty failed', { duty: duty.id, type: duty.type, reason: result.message.en });
      await host.sleep(rest, signal);
      signal.throwIfAborted();
    }
  }

  function start(duty: Duty): void {
    const controller = new AbortController();
    atWork.set(duty.id, controller);
    work(duty, controller.signal)
      .catch((error) => {
        if (!controller.signal.aborted) log.error('duty aborted', { duty: duty.id, reason: messageOf(error) });
      })
      .finally(() => {
        atWork.delete(duty.id);
        // Wanted again while it ended: the coordinator does not send the same target twice.
        if (controller.signal.aborted) startMissing();
      });
  }

  function startMissing(): void {
    for (const duty of wanted) if (!atWork.has(duty.id) && !done.has(duty.id)) start(duty);
  }

  return {
    /** Sets the duties that are wanted now. */
    want(duties: readonly Duty[]): void {
      wanted = duties;
      const ids = new Set(duties.map(({ id }) => id));
      for (const [id, controller] of atWork) if (!ids.has(id)) controller.abort();
      for (const id of done) if (!ids.has(id)) done.delete(id);
      startMissing();
    },
    stop(): void {
      wanted = [];
      for (const controller of atWork.values()) controller.abort();
    },
  };
}
