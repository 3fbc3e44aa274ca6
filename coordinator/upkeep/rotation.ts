import { MusterError } from '../../shared/errors/errors.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Hold } from '../../shared/protocol/operation.ts';
import type { News } from '../store/news.ts';
import { createQuota } from '../store/quota.ts';
import type { Store } from '../store/store.ts';

/** Age at which a credential is rotated, in ms. */
export const rotationMs = 30 * 24 * 3600_000;

export interface RotationContext {
  store: Store;
  now: Date;
}

/** Whether the host's credential is due for rotation. */
export function rotationDue({ store, now }: RotationContext, host: string): boolean {
  const credential = store.hosts.credential(host);
  return credential !== undefined && (credential.wanted === 1 || now.getTime() - credential.since > rotationMs);
}

/** The rotation request for a host, as part of its target. */
export function rotationTarget({ store, now }: { store: Store; now: () => Date }) {
  return (host: string, { hold }: { hold?: Hold }): Pick<Target, 'rotateCredential'> => {
    // Of two machines with one credential, the first to rotate would lock the other out before the operator picks one.
    const mayRotate = hold?.kind !== 'cloned' && rotationDue({ store, now: now() }, host);
    return mayRotate ? { rotateCredential: true } : {};
  };
}

/** How often a host may offer another credential; each one that it then uses is an event. */
const offers = { burst: 10, refillMs: 10 * 60_000 };

export type OfferCredential = ReturnType<typeof createOffers>;

export function createOffers({ store, now }: { store: Store; now: () => Date }) {
  const quota = createQuota(offers);

  /**
   * Stores a host's next credential alongside the current one. May be repeated with the same hash or another, so that
   * neither a lost response nor a lost file locks the host out. Throws MusterError 409 `credential-taken` if another host
   * has it, 429 `host-too-busy`.
   */
  return (host: string, credentialSha256: string): void => {
    const owner = store.hosts.named(credentialSha256) ?? store.hosts.offered(credentialSha256);
    if (owner === host) return;
    if (owner !== undefined) {
      throw new MusterError('credential-taken', { owner });
    }
    if (!quota.take(host, now().getTime())) throw new MusterError('host-too-busy', { host });
    store.transaction(() => store.hosts.offer(host, credentialSha256));
  };
}

/** The host of a credential. The first use of a next credential invalidates the previous one. */
export function authenticate({ store, now }: RotationContext, credentialSha256: string): string | undefined {
  const host = store.hosts.named(credentialSha256);
  if (host !== undefined) return host;
  const offered = store.hosts.offered(credentialSha256);
  if (offered === undefined) return undefined;
  store.transaction(() => {
    store.hosts.promote(offered, now.getTime());
    store.events.add(now.getTime(), 'credential-rotated', offered, {
      en: 'host credential rotated',
      zh: '已轮换主机凭据',
    });
  });
  return offered;
}

/**
 * Requests rotation for one enrolled host, or for all if `host` is null. Returns their names. Throws MusterError 404
 * `host-not-enrolled`.
 */
export function wantRotation({ store, now, news }: RotationContext & { news: News }, host: string | null): string[] {
  const enrolled = store.hosts.all().map(({ name }) => name);
  const wanted = host === null ? enrolled : enrolled.filter((name) => name === host);
  if (host !== null && wanted.length === 0) {
    throw new MusterError('host-not-enrolled', { host });
  }
  store.transaction(() => {
    for (const name of wanted) {
      store.hosts.wantRotation(name);
      store.events.add(now.getTime(), 'rotation-wanted', name, {
        en: 'rotation of the host credential requested',
        zh: '已请求轮换主机凭据',
      });
    }
  });
  for (const name of wanted) news.emit('target', name);
  return wanted;
}
