import { createHash, randomBytes } from 'node:crypto';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { removeDurably, unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import { revisionNumber } from '../../shared/protocol/revision.ts';
import type { AgentPaths } from '../paths.ts';
import { type Credential, readSecret, writeCredential } from './config.ts';

/** State that accompanies each request and is updated from each answer. */
export interface Session {
  bearer(): string;
  /** The newest store revision of the coordinator that this host has seen, as received; null: none. */
  revision(): string | null;
  saw(revision: string): void;
  /** Switches to the previous credential after a 401. true: there is another one to try. */
  fallBack(refused: string): Promise<boolean>;
}

/** A session with a constant bearer. */
export function fixedSession(bearer: string): Session {
  return { bearer: () => bearer, revision: () => null, saw: () => undefined, fallBack: async () => false };
}

/** The client's request that `rotate` needs. */
interface OffersCredential {
  offerCredential(credentialSha256: string, signal: AbortSignal): Promise<void>;
}

interface Means {
  paths: AgentPaths;
  credential: Credential;
  /** PEM of the CA of the coordinators. Another one's revisions do not count: they start from the beginning. */
  ca: string;
  log: Logger;
}

/**
 * This host's credential, its rotation, and the newest revision seen. Invariants: a secret is on disk before its hash
 * is sent; the previous credential is kept, because a coordinator restored from a backup may only know that one.
 */
export async function openSession({ paths, credential, ca, log }: Means) {
  let current = credential;
  const caSha256 = sha256(ca);
  let seen = await readSeen(paths.revision, caSha256);
  let writing = Promise.resolve();

  async function use(next: Credential): Promise<void> {
    await writeCredential(paths, next);
    current = next;
  }

  async function keepSeen(): Promise<void> {
    if (seen === null) return;
    await writeAtomically(paths.revision, `${seen} ${caSha256}\n`, { mode: 0o600, folderMode: 0o700 }).catch((error) =>
      log.warn('cannot store the newest revision', { reason: messageOf(error) }),
    );
  }

  return {
    bearer: () => current.credential,
    revision: () => seen,
    saw(revision: string): void {
      const number = revisionNumber(revision);
      if (number === null || number <= (revisionNumber(seen ?? undefined) ?? -1)) return;
      seen = revision;
      writing = writing.then(keepSeen);
    },
    async fallBack(refused: string): Promise<boolean> {
      // A concurrent request has already switched credentials.
      if (refused !== current.credential) return true;
      const { host, previous } = current;
      if (previous === undefined) return false;
      log.warn('the coordinator rejects this host’s credential; trying the previous one');
      await use({ host, credential: previous, previous: refused });
      return true;
    },
    /**
     * Rotates the credential. After a crash or a lost answer the same secret is offered again; the current one stays
     * valid. Throws MusterError.
     */
    async rotate(client: OffersCredential, signal: AbortSignal): Promise<void> {
      const next = await pendingSecret(paths);
      await client.offerCredential(sha256(next), signal);
      await use({ host: current.host, credential: next, previous: current.credential });
      await removeDurably(nextPath(paths));
      log.info('host credential rotated');
    },
    /** Resolves when the newest revision is on disk. */
    settled: () => writing,
  };
}

const nextPath = (paths: AgentPaths) => `${paths.credential}.next`;

/** 256 random bits, written to disk before their hash is sent. */
async function pendingSecret(paths: AgentPaths): Promise<string> {
  const earlier = (await readSecret(nextPath(paths)))?.trim() ?? '';
  if (/^[A-Za-z0-9_-]{43}$/.test(earlier)) return earlier;
  const secret = randomBytes(32).toString('base64url');
  await writeAtomically(nextPath(paths), `${secret}\n`, { mode: 0o600, folderMode: 0o700 });
  return secret;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/**
 * An unreadable file is ignored: the next answer carries the revision again. One of an earlier release names no CA.
 */
async function readSeen(path: string, caSha256: string): Promise<string | null> {
  const [seen, of = caSha256] = ((await unlessMissing(readSecret(path))) ?? '').trim().split(' ');
  return of !== caSha256 || revisionNumber(seen) === null ? null : (seen ?? null);
}
