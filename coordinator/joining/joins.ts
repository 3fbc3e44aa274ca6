import { randomUUID } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { assign } from '../../shared/plan/assign.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { DutyResult } from '../../shared/protocol/duty.ts';
import type { JoinCredential } from '../../shared/protocol/enrolment.ts';
import { type LocalText, verbatim } from '../../shared/text/local-text.ts';
import type { Goal } from '../operations/goal.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import { clusterView } from '../view/cluster.ts';
import { admit } from './admission.ts';
import { isReadySince, joinCredentialSeconds } from './duties.ts';

/** A host that has not asked again for this long has lost its place, and a credential that it did not fetch is forgotten. */
const forgetMs = 60_000;

export interface JoinsOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  news: News;
  /** Whether the operator lets this host work. */
  goalOf: (host: string) => Goal;
  wave?: number;
}

interface Asker {
  since: number;
  lastAsked: number;
  /** The duty that mints its credential, once it is admitted. */
  mint: string | null;
  /** Where it stands, for people. */
  reason: LocalText;
  /** Its open requests: woken when `outcome` is there or the reason may have changed. */
  open: Set<() => void>;
  outcome: { credential: JoinCredential } | { error: MusterError } | null;
}

export type Joins = ReturnType<typeof createJoins>;

/**
 * Where a host that wants to join meets the control plane that mints its credential. Held in memory only: a credential is here from the
 * moment it is minted until its host fetches it, which is normally the same moment; after a restart the hosts simply ask again.
 */
export function createJoins({ store, plan, now, news, goalOf, wave = 20 }: JoinsOptions) {
  const askers = new Map<string, Asker>();

  function forget(): void {
    const before = now().getTime() - forgetMs;
    for (const [host, { open, lastAsked }] of askers) if (open.size === 0 && lastAsked < before) askers.delete(host);
  }

  /** Hosts that hold a credential and are not Ready yet, besides those that ask again. */
  function joining(current: Plan) {
    const { facts } = clusterView(store, current);
    const nodes = store.observations.ofKind('node');
    const rows = store.joinCredentials.open().filter((row) => row.expiresAt > now().getTime());
    return current.hosts
      .filter(({ name }) => !askers.has(name))
      .flatMap(({ name, role }) => {
        const row = rows.findLast(({ host }) => host === name);
        return row && !isReadySince(row, nodes, facts) ? [{ host: name, role, since: row.createdAt }] : [];
      });
  }

  /** Admits whom it can. Called whenever something has happened that may let a host in. */
  function advance(): void {
    forget();
    const waiting = [...askers].filter(([, asker]) => asker.mint === null && asker.outcome === null);
    if (waiting.length === 0) return;
    const current = plan();
    const { facts, dutyHost } = clusterView(store, current);
    if (!facts?.joinable) {
      for (const [, asker] of waiting)
        asker.reason = {
          en: `the cluster cannot be joined yet: ${dutyHost} is not ready`,
          zh: `尚无法加入集群：${dutyHost} 未就绪`,
        };
      return;
    }
    const candidate = ([host, { since }]: [string, Asker]) => {
      const role = current.hosts.find(({ name }) => name === host)?.role;
      return role === undefined ? [] : [{ host, role, since }];
    };
    const minting = [...askers].filter(([, asker]) => asker.mint !== null || asker.outcome !== null);
    const verdict = admit({
      asking: waiting.flatMap(candidate),
      joining: [...joining(current), ...minting.flatMap(candidate)],
      wave,
    });
    let changed = false;
    for (const [host, asker] of waiting) {
      const reason = verdict.get(host);
      if (reason === null) {
        asker.mint = `mint-${randomUUID()}`;
        asker.reason = {
          en: `waiting for a join credential from ${dutyHost}`,
          zh: `正在等待 ${dutyHost} 签发加入凭据`,
        };
        changed = true;
      } else if (reason !== undefined) asker.reason = reason;
    }
    if (changed) news.emit('duties');
  }

  function refuseStranger(host: string): void {
    const assignment = assign(plan(), host);
    if (assignment === null) {
      throw new MusterError('host-not-planned', { host });
    }
    if (assignment.bootstrap === 'init') {
      throw new MusterError('nothing-to-join', { host });
    }
    const { hold } = goalOf(host);
    if (hold !== undefined) throw new MusterError('host-held', { host, reason: hold.reason });
  }

  /**
   * A credential for this host, as soon as it is admitted and a control plane has minted one. Throws 503 `join-not-yet` with Retry-After when
   * that takes longer than `waitMs`, 403 and 409 for a host that has nothing to join.
   */
  async function request(host: string, waitMs: number, signal: AbortSignal): Promise<JoinCredential> {
    refuseStranger(host);
    forget();
    const time = now().getTime();
    const asker: Asker = askers.get(host) ?? {
      since: time,
      lastAsked: time,
      mint: null,
      reason: verbatim(''),
      open: new Set(),
      outcome: null,
    };
    askers.set(host, asker);
    asker.lastAsked = time;
    advance();
    if (asker.outcome === null && waitMs > 0 && !signal.aborted) await settled(asker, waitMs, signal);
    asker.lastAsked = now().getTime();
    const { outcome } = asker;
    if (outcome === null || signal.aborted) {
      throw new MusterError('join-not-yet', { reason: asker.reason });
    }
    if (askers.get(host) === asker) askers.delete(host);
    if ('error' in outcome) throw outcome.error;
    return outcome.credential;
  }

  function settled(asker: Asker, ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        asker.open.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener('abort', done);
      asker.open.add(done);
    });
  }

  function minted(host: string, token: string): JoinCredential {
    const identity = store.cluster.get();
    if (identity === null) throw new MusterError('no-cluster');
    const createdAt = now().getTime();
    const expiresAt = createdAt + joinCredentialSeconds * 1000;
    const tokenId = token.slice(0, 6);
    store.transaction(() => {
      store.joinCredentials.add({ tokenId, host, createdAt, expiresAt });
      store.events.add(createdAt, 'join-credential-minted', host, {
        en: `join credential ${tokenId} was minted`,
        zh: `已签发加入凭据 ${tokenId}`,
      });
    });
    return { token, expiresAt: new Date(expiresAt).toISOString(), ...identity };
  }

  return {
    request,
    advance,
    /** Mint duties that stand now. */
    mints(): { id: string; host: string }[] {
      forget();
      return [...askers].flatMap(([host, { mint, outcome }]) => (mint && outcome === null ? [{ id: mint, host }] : []));
    },
    /** Hands what a control plane answered to the host that waits for it. false: no such duty stands (any more). */
    settle(dutyId: string, result: DutyResult): boolean {
      const found = [...askers].find(([, { mint, outcome }]) => mint === dutyId && outcome === null);
      if (found === undefined) return false;
      const [host, asker] = found;
      if (result.outcome === 'progress') return true;
      if (result.outcome === 'failed') {
        asker.outcome = { error: new MusterError('mint-failed', { reason: result.message }) };
      } else if (result.token === undefined) {
        throw new MusterError('duty-token-missing');
      } else {
        asker.outcome = { credential: minted(host, result.token) };
      }
      for (const done of [...asker.open]) done();
      news.emit('duties');
      return true;
    },
    /** Why a host that asks to join still waits; null: it does not ask. */
    reason: (host: string) => askers.get(host)?.reason ?? null,
    /** Answers every open request: for the end of the process. */
    close(): void {
      for (const { open } of askers.values()) for (const done of [...open]) done();
    },
  };
}
