import { randomUUID } from 'node:crypto';
import { MusterError } from '../../shared/errors/errors.ts';
import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { DutyResult } from '../../shared/protocol/duty.ts';
import type { JoinCredential } from '../../shared/protocol/enrolment.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Goal } from '../operations/goal.ts';
import { founder } from '../plan/founder.ts';
import type { News } from '../store/news.ts';
import { createQuota } from '../store/quota.ts';
import type { Store } from '../store/store.ts';
import type { ClusterView } from '../view/cluster.ts';
import { admit, type Candidate } from './admission.ts';
import { type Asker, type Askers, createAskers } from './askers.ts';
import { hasJoinedSince, joinCredentialSeconds, type Mint } from './duties.ts';
import { createWave, type Wave } from './wave.ts';

export interface JoinsOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  news: News;
  /** A host's last contact, in milliseconds since the epoch. */
  lastContact: (host: string, stored: number) => number;
  cluster: () => ClusterView;
  /** Whether the operator allows changes on this host. */
  goalOf: (host: string) => Goal;
  /** Number of workers that join at a time at first. */
  wave?: number;
}

interface JoinRequest {
  /** Of a control plane: who may open the key of its certificates. */
  recipient: string | null;
  waitMs: number;
}

/** How often a worker may ask for a credential of its own; each one is minted in the cluster, and an event. */
const requests = { burst: 20, refillMs: 60_000 };

export type Joins = ReturnType<typeof createJoins>;

/**
 * Matches hosts that request to join with the control plane that mints their credentials. In memory only: a credential
 * is held from minting until its host fetches it, usually the same moment. After a restart the hosts ask again.
 */
export function createJoins(options: JoinsOptions) {
  const { now, news } = options;
  const askers = createAskers(now);
  const wave = createWave(() => now().getTime(), options.wave);
  const quota = createQuota(requests);

  /** Admits waiting hosts. Called after every event that may allow more joins. */
  function advance(): void {
    if (admitWaiting(options, askers, wave)) news.emit('duties');
  }

  let soon: Promise<void> | null = null;

  /** Hosts that ask in the same turn of the event loop are admitted together. */
  function advancedSoon(): Promise<void> {
    soon ??= new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      soon = null;
      advance();
    });
    return soon;
  }

  return {
    advance,
    /**
     * Resolves to a credential once the host is admitted and a control plane has minted it. Throws MusterError 503
     * `join-not-yet` with Retry-After after `waitMs`, 403 or 409 if the host has nothing to join, 422
     * `recipient-missing`, 429 `host-too-busy`.
     */
    async request(host: string, { recipient, waitMs }: JoinRequest, signal: AbortSignal): Promise<JoinCredential> {
      refuseStranger(options, host);
      const isControlPlane = hostNamed(options.plan(), host)?.role === 'control-plane';
      if (isControlPlane && recipient === null) throw new MusterError('recipient-missing', { host });
      const isKnown = isControlPlane || askers.get(host) !== undefined;
      if (!isKnown && !quota.take(host, now().getTime())) throw new MusterError('host-too-busy', { host });
      const asker = askers.asks(host, isControlPlane ? recipient : null);
      await advancedSoon();
      await askers.wait(asker, waitMs, signal);
      const { outcome, reason } = asker;
      if (outcome === null || signal.aborted) throw new MusterError('join-not-yet', { reason });
      askers.leave(asker);
      if ('error' in outcome) throw outcome.error;
      return outcome.credential;
    },
    mints: (): Mint[] =>
      askers.all().flatMap(({ host, recipient, mint, outcome }) => {
        const role = hostNamed(options.plan(), host)?.role;
        const sealed = recipient === null ? {} : { recipient };
        return mint && outcome === null && role !== undefined ? [{ id: mint, host, role, ...sealed }] : [];
      }),
    /** Passes a control plane's result to the waiting host. false: no such duty is open. */
    settle(dutyId: string, result: DutyResult): boolean {
      const asker = askers.all().find(({ mint, outcome }) => mint === dutyId && outcome === null);
      if (asker === undefined) return false;
      if (result.outcome === 'progress') return true;
      askers.settle(asker, outcomeOf(options, asker.host, result));
      news.emit('duties');
      return true;
    },
    /** Why a joining host waits; null: it has not asked. */
    reason: (host: string): LocalText | null => askers.get(host)?.reason ?? null,
    /**
     * Starts over: since these hosts asked, another coordinator was active and may have let them join. A credential minted
     * for a host deletes its Node.
     */
    restart: askers.clear,
    /** Answers all open requests, for shutdown. */
    close: askers.close,
  };
}

/**
 * Creates duties for hosts that may join, and records for the others why they wait. Returns whether there is a new
 * duty.
 */
function admitWaiting(options: JoinsOptions, askers: Askers, wave: Wave): boolean {
  const { store, plan, cluster } = options;
  const all = askers.all();
  const waiting = all.filter(({ mint, outcome }) => mint === null && outcome === null);
  wave.observe(store.joinCredentials.open(), waiting.length > 0);
  if (waiting.length === 0) return false;
  const { facts, dutyHost } = cluster();
  if (!facts?.joinable) {
    for (const asker of waiting) asker.reason = notJoinable(dutyHost);
    return false;
  }
  const candidates = (of: readonly Asker[]) => of.flatMap((asker) => candidate(plan(), asker));
  const minting = all.filter((asker) => !waiting.includes(asker));
  const joining = [...joiningAlready(options, askers), ...candidates(minting)];
  const verdict = admit({ asking: candidates(waiting), joining, wave: wave.size() });
  const admitted = waiting.filter(({ host }) => verdict.get(host) === null);
  for (const asker of waiting) asker.reason = verdict.get(asker.host) ?? asker.reason;
  for (const asker of admitted) {
    asker.mint = `mint-${randomUUID()}`;
    asker.reason = awaitsCredential(dutyHost);
  }
  return admitted.length > 0;
}

function candidate(plan: Plan, { host, since }: Asker): Candidate[] {
  const role = hostNamed(plan, host)?.role;
  return role === undefined ? [] : [{ host, role, since }];
}

/** Hosts with a credential that have not joined yet, without those that ask again and those that are gone. */
function joiningAlready(options: JoinsOptions, askers: Askers): Candidate[] {
  const { store, plan, now, cluster } = options;
  const { observations } = store;
  const seen = {
    ...{ plan: plan(), cluster: cluster().facts, nodes: observations.ofKind('node') },
    stepsOf: (host: string) => observations.get(host, 'steps'),
  };
  const rows = store.joinCredentials.open().filter((row) => row.expiresAt > now().getTime());
  const newest = new Map(rows.map((row) => [row.host, row]));
  return [...newest.values()].flatMap((row) => {
    const role = hostNamed(plan(), row.host)?.role;
    const isJoining =
      role !== undefined &&
      askers.get(row.host) === undefined &&
      !hasJoinedSince(row, seen) &&
      !isGone(options, row.host);
    return isJoining ? [{ host: row.host, role, since: row.createdAt }] : [];
  });
}

/** A host that died with its credential would hold its place in the wave until the credential expires. */
function isGone({ store, now, lastContact }: JoinsOptions, host: string): boolean {
  const row = store.hosts.get(host);
  return row === undefined || now().getTime() - lastContact(host, row.lastContactAt) > silentAfterMs;
}

function refuseStranger({ store, plan, goalOf }: JoinsOptions, host: string): void {
  if (hostNamed(plan(), host) === undefined) throw new MusterError('host-not-planned', { host });
  if (founder(store, plan()) === host) throw new MusterError('nothing-to-join', { host });
  const { hold } = goalOf(host);
  if (hold !== undefined) throw new MusterError('host-held', { host, reason: hold.reason });
}

type Answered = Exclude<DutyResult, { outcome: 'progress' }>;

function outcomeOf(options: JoinsOptions, host: string, result: Answered): NonNullable<Asker['outcome']> {
  if (result.outcome === 'failed') return { error: new MusterError('mint-failed', { reason: result.message }) };
  const { token, sealedKey } = result;
  if (token === undefined) throw new MusterError('duty-token-missing');
  // The key opens the CA's key: no worker gets it, whatever a duty's result contains.
  if (hostNamed(options.plan(), host)?.role !== 'control-plane') return { credential: minted(options, host, token) };
  if (sealedKey === undefined) throw new MusterError('duty-key-missing', { host });
  return { credential: { ...minted(options, host, token), sealedKey } };
}

/** Stores the credential's public id and returns the whole credential. */
function minted({ store, now }: JoinsOptions, host: string, token: string): JoinCredential {
  const identity = store.cluster.get();
  if (identity === null) throw new MusterError('no-cluster');
  const createdAt = now().getTime();
  const expiresAt = createdAt + joinCredentialSeconds * 1000;
  const tokenId = token.slice(0, 6);
  store.transaction(() => {
    store.joinCredentials.add({ tokenId, host, createdAt, expiresAt });
    store.events.add(createdAt, 'join-credential-minted', host, {
      en: `join credential ${tokenId} minted`,
      zh: `已签发加入凭据 ${tokenId}`,
    });
  });
  return { token, expiresAt: new Date(expiresAt).toISOString(), ...identity };
}

const notJoinable = (dutyHost: string | null): LocalText => ({
  en: `the cluster cannot be joined yet: ${dutyHost} is not ready`,
  zh: `尚无法加入集群：${dutyHost} 未就绪`,
});

const awaitsCredential = (dutyHost: string | null): LocalText => ({
  en: `waiting for a join credential from ${dutyHost}`,
  zh: `正在等待 ${dutyHost} 签发加入凭据`,
});
