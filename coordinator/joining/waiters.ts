import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';

/** Changes within this time wake the control planes' polls once, in ms. */
const gatherMs = 10;
/** Number of hosts woken together, and the time until the next are, in ms: 1,000 hosts a second. */
const slice = 50;
const sliceMs = 50;

export type Waiters = ReturnType<typeof createWaiters>;

/** Open long polls by host. Invariant: a waiter is in the map exactly while its promise is pending. */
export function createWaiters(plan: () => Plan) {
  const byHost = new Map<string, Set<() => void>>();
  let closed = false;
  let gathering: NodeJS.Timeout | null = null;
  let waking: NodeJS.Timeout | null = null;

  function wake(host: string): void {
    for (const done of [...(byHost.get(host) ?? [])]) done();
  }

  /** Hosts that polled since the wake was asked for have seen the change. */
  function wakeInSlices(polls: readonly (() => void)[]): void {
    for (const done of polls.slice(0, slice)) done();
    waking = polls.length > slice ? setTimeout(wakeInSlices, sliceMs, polls.slice(slice)) : null;
  }

  /** A change while others are being woken: those waiting now are woken instead, from the first. */
  function wakeAll(): void {
    if (waking !== null) clearTimeout(waking);
    wakeInSlices([...byHost.values()].flatMap((polls) => [...polls]));
  }

  function wakeControlPlanes(): void {
    gathering = null;
    for (const { name } of controlPlanesOf(plan())) wake(name);
  }

  return {
    wake,
    /** Wakes the control planes shortly, because their duties changed. */
    wakeForDuties(): void {
      if (!closed) gathering ??= setTimeout(wakeControlPlanes, gatherMs);
    },
    /** Wakes all hosts, some at a time, so that other requests are answered between. */
    wakeAll,
    /** A random delay for a host that waits for a moment for which all others wait, too, in ms: 1,000 hosts a second. */
    spread: () => (Math.random() * byHost.size * sliceMs) / slice,
    /** Resolves when `host` is woken, after `ms`, or when the signal fires; the caller checks for changes itself. */
    wait(host: string, ms: number, signal: AbortSignal): Promise<void> {
      if (closed || ms <= 0 || signal.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const waiting = byHost.get(host) ?? new Set();
        const done = () => {
          if (!waiting.delete(done)) return;
          clearTimeout(timer);
          signal.removeEventListener('abort', done);
          if (waiting.size === 0) byHost.delete(host);
          resolve();
        };
        const timer = setTimeout(done, ms);
        signal.addEventListener('abort', done);
        byHost.set(host, waiting.add(done));
      });
    },
    /** Resolves all open and future waits, for shutdown. */
    close(): void {
      closed = true;
      for (const timer of [gathering, waking]) if (timer !== null) clearTimeout(timer);
      for (const host of [...byHost.keys()]) wake(host);
    },
    isClosed: () => closed,
  };
}
