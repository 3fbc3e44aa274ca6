import type { MusterError } from '../../shared/errors/errors.ts';
import type { JoinCredential } from '../../shared/protocol/enrolment.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';

/** A host that has not asked again for this long has lost its place, and a credential that it did not fetch is forgotten. */
const forgetMs = 60_000;

/** A host that asks to join. */
export interface Asker {
  host: string;
  since: number;
  lastAsked: number;
  /** The duty that mints its credential, once it is admitted. */
  mint: string | null;
  /** Where it stands, for people. */
  reason: LocalText;
  /** Its open requests: woken when `outcome` is there. */
  open: Set<() => void>;
  outcome: { credential: JoinCredential } | { error: MusterError } | null;
}

export type Askers = ReturnType<typeof createAskers>;

/** The hosts that ask to join, with their open requests; in memory only. */
export function createAskers(now: () => Date) {
  const askers = new Map<string, Asker>();

  function all(): Asker[] {
    const before = now().getTime() - forgetMs;
    for (const { host, open, lastAsked } of askers.values()) {
      if (open.size === 0 && lastAsked < before) askers.delete(host);
    }
    return [...askers.values()];
  }

  return {
    /** Those that have not lost their place. */
    all,
    get: (host: string): Asker | undefined => askers.get(host),
    /** Notes that a host asks now; it keeps its place if it has asked before. */
    asks(host: string): Asker {
      all();
      const time = now().getTime();
      const asker = askers.get(host) ?? newAsker(host, time);
      asker.lastAsked = time;
      askers.set(host, asker);
      return asker;
    },
    /** Resolves when the outcome is there, after `ms`, or when the signal fires. */
    async wait(asker: Asker, ms: number, signal: AbortSignal): Promise<void> {
      if (asker.outcome === null && ms > 0 && !signal.aborted) await woken(asker, ms, signal);
      asker.lastAsked = now().getTime();
    },
    settle(asker: Asker, outcome: NonNullable<Asker['outcome']>): void {
      asker.outcome = outcome;
      wake(asker);
    },
    /** It has its outcome. */
    leave(asker: Asker): void {
      if (askers.get(asker.host) === asker) askers.delete(asker.host);
    },
    /** Answers every open request: for the end of the process. */
    close: () => askers.forEach(wake),
  };
}

function newAsker(host: string, time: number): Asker {
  return { host, since: time, lastAsked: time, mint: null, reason: verbatim(''), open: new Set(), outcome: null };
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
