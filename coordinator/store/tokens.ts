import type { DatabaseSync } from 'node:sqlite';

export interface TokenRow {
  /** The only host that it enrols; null: every planned worker, each once. */
  host: string | null;
  expiresAt: number;
}

export interface TokenUse {
  host: string;
  credentialSha256: string;
}

/** The public part of a token. */
export interface ListedToken {
  /** Prefix of its hash: identifies the token, but grants nothing. */
  id: string;
  host: string | null;
  createdAt: number;
  expiresAt: number;
  uses: { host: string; at: number }[];
}

/** Enrolment tokens, keyed by their SHA-256. */
export function tokenStore(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO tokens (sha256, host, created_at, expires_at) VALUES (?, ?, ?, ?)');
  const select = db.prepare('SELECT host, expires_at AS expiresAt FROM tokens WHERE sha256 = ?');
  const useOf = db.prepare('SELECT host FROM token_uses WHERE token_sha256 = ? AND credential_sha256 = ?');
  const useFor = db.prepare('SELECT 1 FROM token_uses WHERE token_sha256 = ? AND host = ?');
  const use = db.prepare('INSERT INTO token_uses (token_sha256, host, credential_sha256, used_at) VALUES (?, ?, ?, ?)');
  const open = db.prepare('SELECT host, expires_at AS expiresAt FROM tokens WHERE expires_at > ? ORDER BY expires_at');
  const countOpen = db.prepare('SELECT count(*) AS count FROM tokens WHERE expires_at > ?');
  const list = db.prepare(
    `SELECT sha256, host, created_at AS createdAt, expires_at AS expiresAt FROM tokens ORDER BY created_at DESC, sha256`,
  );
  const usesAt = db.prepare('SELECT host, used_at AS at FROM token_uses WHERE token_sha256 = ? ORDER BY used_at');
  const revoke = db.prepare('DELETE FROM tokens WHERE substr(sha256, 1, 16) = ?');
  const prune = db.prepare('DELETE FROM tokens WHERE expires_at < ?');

  return {
    create: (sha256: string, host: string | null, now: number, expiresAt: number) =>
      void insert.run(sha256, host, now, expiresAt),
    get: (sha256: string) => select.get(sha256) as unknown as TokenRow | undefined,
    /** The hosts that this token has enrolled with this credential. */
    enrolledWith: (sha256: string, credentialSha256: string) =>
      useOf.all(sha256, credentialSha256).map(({ host }) => String(host)),
    /** Whether this token has enrolled this host. */
    hasEnrolled: (sha256: string, host: string): boolean => useFor.get(sha256, host) !== undefined,
    use: (sha256: string, { host, credentialSha256 }: TokenUse, now: number) =>
      void use.run(sha256, host, credentialSha256, now),
    /** Tokens that have not expired at `now` (milliseconds since the epoch). */
    open: (now: number) => open.all(now) as unknown as TokenRow[],
    /** Number of tokens that have not expired at `now` (milliseconds since the epoch). */
    countOpen: (now: number) => Number(countOpen.get(now)?.count),
    /** Newest first. */
    list: (): ListedToken[] =>
      (list.all() as unknown as (Omit<ListedToken, 'id' | 'uses'> & { sha256: string })[]).map(
        ({ sha256, ...token }) => ({
          id: sha256.slice(0, 16),
          ...token,
          uses: usesAt.all(sha256) as unknown as ListedToken['uses'],
        }),
      ),
    /** Returns whether the token existed. */
    revoke: (id: string): boolean => revoke.run(id).changes > 0,
    /** Deletes tokens that expired before this time, in milliseconds since the epoch. */
    prune: (before: number) => void prune.run(before),
  };
}
