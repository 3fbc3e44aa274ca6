import { createHash, randomBytes } from 'node:crypto';
import { messageOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { removeForGood, unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import { revisionNumber } from '../../shared/protocol/revision.ts';
import type { AgentPaths } from '../paths.ts';
import type { Client } from './client.ts';
import { type Credential, readSecret, writeCredential } from './config.ts';

/** What an agent brings along with each request, and what it learns from each answer. */
export interface Session {
  bearer(): string;
  /** The newest revision of the coordinator's store that this host has seen, as it came; null: none yet. */
  revision(): string | null;
  saw(revision: string): void;
  /** The coordinator does not know this credential: true when there is another one to try. */
  fallBack(refused: string): Promise<boolean>;
}

/** A bearer that stays, for who has no more than that. */
export function fixedSession(bearer: string): Session {
  return { bearer: () => bearer, revision: () => null, saw: () => undefined, fallBack: async () => false };
}

interface Means {
  paths: AgentPaths;
  credential: Credential;
  log: Logger;
}

/**
 * This host's credential, its replacement, and the newest revision that it has seen. Invariants: a secret is on the disk before its hash
 * leaves the host; the one before is kept, because a coordinator that was restored from a copy knows no other.
 */
export async function openSession({ paths, credential, log }: Means) {
  let current = credential;
  let seen = await readSeen(paths.revision);
  let writing = Promise.resolve();

  async function use(next: Credential): Promise<void> {
    await writeCredential(paths, next);
    current = next;
  }

  async function keepSeen(): Promise<void> {
    if (seen === null) return;
    await writeAtomically(paths.revision, `${seen}\n`, { mode: 0o600, folderMode: 0o700 }).catch((error) =>
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
      // Another request has been refused before, and it is the other one's turn already.
      if (refused !== current.credential) return true;
      const { host, previous } = current;
      if (previous === undefined) return false;
      log.warn('the coordinator rejects this host’s credential; trying the previous one');
      await use({ host, credential: previous, previous: refused });
      return true;
    },
    /** Replaces the credential. After a crash or a lost answer the same one is offered again, and the one in use stays good. */
    async rotate(client: Pick<Client, 'offerCredential'>, signal: AbortSignal): Promise<void> {
      const next = await pendingSecret(paths);
      await client.offerCredential(createHash('sha256').update(next).digest('hex'), signal);
      await use({ host: current.host, credential: next, previous: current.credential });
      await removeForGood(nextPath(paths));
      log.info('host credential rotated');
    },
    /** Resolves when what was seen is on the disk. */
    settled: () => writing,
  };
}

const nextPath = (paths: AgentPaths) => `${paths.credential}.next`;

/** 256 random bits, on the disk before anyone hears of their hash. */
async function pendingSecret(paths: AgentPaths): Promise<string> {
  const earlier = (await readSecret(nextPath(paths)))?.trim() ?? '';
  if (/^[A-Za-z0-9_-]{43}$/.test(earlier)) return earlier;
  const secret = randomBytes(32).toString('base64url');
  await writeAtomically(nextPath(paths), `${secret}\n`, { mode: 0o600, folderMode: 0o700 });
  return secret;
}

/** A file that can't be read says nothing: the next answer says it anew. */
async function readSeen(path: string): Promise<string | null> {
  const text = (await unlessMissing(readSecret(path)))?.trim();
  return revisionNumber(text) === null ? null : (text ?? null);
}
