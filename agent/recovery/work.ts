import type { Logger } from '../../shared/logger.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import type { EtcdAt } from '../etcd/members.ts';
import type { Host } from '../host/host.ts';
import { type Kept, type Stage, writeRecovery } from './state.ts';

export interface Means {
  host: Host;
  log: Logger;
  /** Of this host's own member; undefined: the usual one. */
  endpoint: string | undefined;
  /** The members of the other control planes. */
  etcdAt: EtcdAt;
  /** Folder of the backups. */
  backups: string;
}

/** An order that may be carried out on this host. */
export interface Work {
  order: RecoveryOrder;
  assignment: Assignment;
  /** What was completed. */
  stage: Stage;
  kept: Kept;
}

const noText = { en: '', zh: '' };

/** Records that a stage is completed. */
export async function note(
  host: Host,
  { order: { id, host: restorer }, kept }: Work,
  stage: Stage,
  state: 'working' | 'aside' = 'working',
): Promise<void> {
  const rest = stage === 'done' ? { state: 'done' as const } : { state, kept };
  await writeRecovery(host, { id, host: restorer, stage, at: host.now().toISOString(), message: noText, ...rest });
}
