import type { DatabaseSync } from 'node:sqlite';

/** A bootstrap token, identified by its public id; the secret half is never stored. */
export interface JoinCredentialRow {
  tokenId: string;
  host: string;
  createdAt: number;
  expiresAt: number;
  /** When the host's CSR was approved, in milliseconds since the epoch. */
  approvedAt: number | null;
}

export function joinCredentialStore(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT OR REPLACE INTO join_credentials (token_id, host, created_at, expires_at) VALUES (?, ?, ?, ?)',
  );
  const open = db.prepare(
    `SELECT token_id AS tokenId, host, created_at AS createdAt, expires_at AS expiresAt, approved_at AS approvedAt
     FROM join_credentials WHERE deleted_at IS NULL ORDER BY created_at, token_id`,
  );
  const approved = db.prepare('UPDATE join_credentials SET approved_at = ? WHERE token_id = ?');
  const deleted = db.prepare('UPDATE join_credentials SET deleted_at = ? WHERE token_id = ?');
  const prune = db.prepare('DELETE FROM join_credentials WHERE expires_at < ?');

  return {
    add: ({ tokenId, host, createdAt, expiresAt }: Omit<JoinCredentialRow, 'approvedAt'>) =>
      void insert.run(tokenId, host, createdAt, expiresAt),
    /** Credentials not deleted by a control plane yet, oldest first. */
    open: () => open.all() as unknown as JoinCredentialRow[],
    approved: (tokenId: string, at: number) => void approved.run(at, tokenId),
    deleted: (tokenId: string, at: number) => void deleted.run(at, tokenId),
    prune: (before: number) => void prune.run(before),
  };
}
