/** Which part of a table coordinators share, if there are several. */
export interface ReplicatedTable {
  /** The primary key. */
  key: readonly string[];
  columns: readonly string[];
  /** Columns whose first value is shared; later each coordinator keeps its own. */
  initial?: readonly string[];
  /** Another value means another thing of the same name, whose dependent rows must go. */
  incarnation?: string;
}

/**
 * What coordinators share: who hosts are, what operators decided, what the cluster is. Everything else is local: reports
 * and their events come again from the hosts. Tables that others refer to come first.
 */
export const replicatedTables = {
  meta: { key: ['key'], columns: ['value'] },
  hosts: {
    key: ['name'],
    columns: [
      ...['credential_sha256', 'enrolled_at', 'ready_at', 'next_credential_sha256', 'credential_since'],
      'rotation_wanted',
    ],
    initial: ['agent_version', 'boot_id', 'machine_id', 'last_contact_at'],
    incarnation: 'enrolled_at',
  },
  tokens: { key: ['sha256'], columns: ['host', 'created_at', 'expires_at'] },
  token_uses: { key: ['token_sha256', 'host'], columns: ['credential_sha256', 'used_at'] },
  join_credentials: {
    key: ['token_id'],
    columns: ['host', 'created_at', 'expires_at', 'approved_at', 'deleted_at'],
  },
  intents: { key: ['host'], columns: ['kind', 'reason', 'set_by', 'set_at'] },
  operations: { key: ['id'], columns: ['host', 'started_at', 'ended_at', 'json'] },
  remembered_hosts: { key: ['name'], columns: ['json'] },
  machines: {
    key: ['host', 'boot_id'],
    columns: ['machine_id', 'address', 'first_seen_at', 'state'],
    initial: ['last_seen_at'],
  },
  sessions: { key: ['id'], columns: ['role', 'via', 'address', 'expires_at'] },
} as const satisfies Record<string, ReplicatedTable>;

export type ReplicatedName = keyof typeof replicatedTables;

/** Tables that each coordinator has for itself. */
export const localTables = ['observations', 'output', 'events', 'audit'] as const;

/** Rows of `meta` that each coordinator has for itself; `revision` travels with each batch of changes. */
export const localSettings = ['revision', 'restored', 'written-at', 'replica', 'etcd-recovery'] as const;
