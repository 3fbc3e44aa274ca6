import { setTimeout as sleep } from 'node:timers/promises';
import { MusterError } from '../../../shared/errors/errors.ts';
import { elapsed, type Mark, mark } from '../elapsed.ts';
import { createLog, type LogClient } from '../log.ts';
import { type Api, identityOf, type Self } from '../self.ts';

/**
 * Does what may take longer than the Lease lasts, such as reading the whole log, and renews the Lease beside it. `work`
 * gets a log whose requests throw MusterError `lease-lost` once the Lease is lost or was not renewed in time. Resolves
 * with the work's result and the newest renewal.
 */
export async function whileRenewing<T>(
  self: Self,
  api: Api,
  held: Mark,
  work: (log: Api['log']) => Promise<T>,
): Promise<{ result: T; held: Mark }> {
  const { timing } = self;
  const identity = identityOf(self, api.connection);
  const end = new AbortController();
  let [newest, isLost] = [held, false];

  async function renew(): Promise<void> {
    const since = mark();
    const seen = await api.lease.look();
    if (seen?.holder !== identity) isLost = true;
    else if (await api.lease.hold(self.memory.sequence())) newest = since;
  }

  async function renewAlways(): Promise<void> {
    while (!isLost && !end.signal.aborted) {
      await sleep(timing.tick, undefined, { signal: end.signal }).catch(() => undefined);
      // Unanswered renewals show in the age of the newest one.
      if (!end.signal.aborted) await renew().catch(() => undefined);
    }
  }

  function refuseLost(): void {
    if (isLost || elapsed(newest) > timing.hold) throw new MusterError('lease-lost');
  }

  const renewing = renewAlways();
  try {
    const result = await work(createLog(guarded(api.connection.client, refuseLost)));
    refuseLost();
    return { result, held: newest };
  } finally {
    end.abort();
    await renewing;
  }
}

/** A client that asks `refuse` before each request. */
function guarded(client: LogClient, refuse: () => void): LogClient {
  const first = <Given extends unknown[], T>(ask: (...given: Given) => Promise<T>) => {
    return async (...given: Given): Promise<T> => {
      refuse();
      return ask(...given);
    };
  };
  return { get: first(client.get), create: first(client.create), remove: first(client.remove) };
}
