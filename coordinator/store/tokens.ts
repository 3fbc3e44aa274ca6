import type { DatabaseSync } from 'node:sqlite';

export interface TokenRow {
  /** The one host that it lets in; null: every planned worker, each once. */
  host: string | null;
  expiresAt: number;
}

export interface TokenUse {
  host: string;
  credentialSha256: string;
}

/** Enrolment tokens, by their SHA-256. */
export function tokenStore(db: DatabaseSync) {
  const insert = db.prepare('INSERT INTO tokens (sha256, host, created_at, expires_at) VALUES (?, ?, ?, ?)');
  const select = db.prepare('SELECT host, expires_at AS expiresAt FROM tokens WHERE sha256 = ?');
  const uses = db.prepare('SELECT host, credential_sha256 AS credentialSha256 FROM token_uses WHERE token_sha256 = ?');
  const use = db.prepare('INSERT INTO token_uses (token_sha256, host, credential_sha256, used_at) VALUES (?, ?, ?, ?)');
  const open = db.prepare('SELECT host, expires_at AS expiresAt FROM tokens WHERE expires_at > ? ORDER BY expires_at');
  const prune = db.prepare('DELETE FROM tokens WHERE expires_at < ?');

  return {
    create: (sha256: string, host: string | null, now: number, expiresAt: number) =>
      void insert.run(sha256, host, now, expiresAt),
    get: (sha256: string) => select.get(sha256) as unknown as TokenRow | undefined,
    uses: (sha256: string) => uses.all(sha256) as unknown as TokenUse[],
    use: (sha256: string, { host, credentialSha256 }: TokenUse, now: number) =>
      void use.run(sha256, host, credentialSha256, now),
    /** Those that have not expired. */
    open: (now: number) => open.all(now) as unknown as TokenRow[],
    /** Forgets those that expired before that moment. */
    prune: (before: number) => void prune.run(before),
  };
}
