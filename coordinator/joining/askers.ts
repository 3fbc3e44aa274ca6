import type { MusterError } from '../../shared/errors/errors.ts';
import type { JoinCredential } from '../../shared/protocol/enrolment.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';

/** After this long without a request a host loses its place, and its unfetched credential is dropped. */
const forgetMs = 60_000;

/** A host that requests to join. */
export interface Asker {
  host: string;
  /** Who may open the key of a control plane's certificates; null: a worker. */
  recipient: string | null;
  since: number;
  lastAsked: number;
  /** The duty that mints its credential, once admitted. */
  mint: string | null;
  /** Why it waits. */
  reason: LocalText;
  /** Its open requests; resolved once `outcome` is set. */
  open: Set<() => void>;
  outcome: { credential: JoinCredential } | { error: MusterError } | null;
}

export type Askers = ReturnType<typeof createAskers>;

/** Hosts that request to join, and their open requests. In memory only. */
export function createAskers(now: () => Date) {
  const askers = new Map<string, Asker>();
  let closed = false;

  function all(): Asker[] {
    const before = now().getTime() - forgetMs;
    for (const { host, open, lastAsked } of askers.values()) {
      if (open.size === 0 && lastAsked < before) askers.delete(host);
    }
    return [...askers.values()];
  }

  return {
    /** Hosts whose place has not expired. */
    all,
    get: (host: string): Asker | undefined => askers.get(host),
    /** Records a request; a host that asked before keeps its place, but not what was minted for another recipient. */
    asks(host: string, recipient: string | null): Asker {
      all();
      const time = now().getTime();
      const known = askers.get(host);
      const isKnown = known !== undefined && known.recipient === recipient;
      if (known !== undefined && !isKnown) wake(known);
      const asker = isKnown ? known : newAsker({ host, recipient, since: known?.since ?? time });
      asker.lastAsked = time;
      askers.set(host, asker);
      return asker;
    },
    /** Resolves when the outcome is set, after `ms`, or when the signal fires. */
    async wait(asker: Asker, ms: number, signal: AbortSignal): Promise<void> {
      if (asker.outcome === null && ms > 0 && !signal.aborted && !closed) await woken(asker, ms, signal);
      asker.lastAsked = now().getTime();
    },
    settle(asker: Asker, outcome: NonNullable<Asker['outcome']>): void {
      asker.outcome = outcome;
      wake(asker);
    },
    /** Removes a host that received its outcome. */
    leave(asker: Asker): void {
      if (askers.get(asker.host) === asker) askers.delete(asker.host);
    },
    /** Drops all hosts, and answers their open requests. */
    clear(): void {
      askers.forEach(wake);
      askers.clear();
    },
    /** Answers all open and future requests, for shutdown. */
    close(): void {
      closed = true;
      askers.forEach(wake);
    },
  };
}

function newAsker(who: Pick<Asker, 'host' | 'recipient' | 'since'>): Asker {
  return { ...who, lastAsked: who.since, mint: null, reason: verbatim(''), open: new Set(), outcome: null };
}

function wake({ open }: Asker): void {
  for (const done of [...open]) done();
}

function woken({ open }: Asker, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      open.delete(done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    open.add(done);
  });
}
