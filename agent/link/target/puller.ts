import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '../../../shared/protocol/assignment.ts';
import { controlPlanePollSeconds, pollSeconds } from '../../../shared/protocol/polling.ts';
import type { Client } from '../client.ts';
import type { Retrier } from '../retry.ts';

interface Means {
  client: Pick<Client, 'target'>;
  untilDone: Retrier;
  /** Called for each new target. false: this host refuses it for now, and it is called again with the same one. */
  onTarget(target: Target): boolean | Promise<boolean>;
}

/** Time between two calls with a target that this host refuses, in seconds: the cause may be on this host. */
const refusedSeconds = 30;

/** Least time between two requests, in ms, if nothing or something has changed: a coordinator that answers all at once. */
const pace = { unchanged: 1000, changed: 100 } as const;

/** Long-polls for the newest target until the signal fires. */
export async function pull({ client, untilDone, onTarget }: Means, signal: AbortSignal): Promise<void> {
  let etag: string | null = null;
  let wait = 0;
  let refused: Target | null = null;
  while (!signal.aborted) {
    const began = performance.now();
    const answer = await untilDone(
      'ask for the assignment',
      // The first request does not wait for a change.
      () => client.target(etag, refused === null ? wait : Math.min(wait, refusedSeconds), signal),
      signal,
    );
    if (answer !== null) {
      etag = answer.etag;
      wait = waitFor(answer.target);
    }
    const target: Target | null = answer?.target ?? refused;
    if (target !== null) refused = (await onTarget(target)) ? null : target;
    const rest = began + (answer === null ? pace.unchanged : pace.changed) - performance.now();
    if (rest > 0) await sleep(rest, undefined, { signal }).catch(() => undefined);
  }
}

/** Seconds. */
function waitFor({ assignment }: Target): number {
  const planes = assignment?.settings.hosts.filter(({ role }) => role === 'control-plane') ?? [];
  const isOneOfSeveral = planes.length > 1 && planes.some(({ name }) => name === assignment?.host.name);
  return isOneOfSeveral ? controlPlanePollSeconds : pollSeconds;
}
