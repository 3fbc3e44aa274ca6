import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonOrUndefined } from '../../shared/json.ts';
import { unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import { clusterBackupFactsSchema } from '../../shared/protocol/etcd-facts.ts';
import type { ClusterBackupFacts } from '../../shared/protocol/facts.ts';
import { instant } from '../../shared/protocol/text.ts';
import { openShelf } from './shelf.ts';

/** What is known of the backups besides their content. */
const stateSchema = z.object({
  verified: z.object({ name: z.string(), at: instant }).nullable().default(null),
  failure: clusterBackupFactsSchema.shape.failure,
  request: z.string().nullable().default(null),
});
export type BackupState = z.infer<typeof stateSchema>;

const stateName = 'state.json';
const day = 24 * 3600_000;

export async function readBackupState(folder: string): Promise<BackupState> {
  const text = await unlessMissing(readFile(join(folder, stateName), 'utf8'));
  return stateSchema.safeParse(jsonOrUndefined(text ?? '')).data ?? stateSchema.parse({});
}

export function writeBackupState(folder: string, state: BackupState): Promise<void> {
  return writeAtomically(join(folder, stateName), JSON.stringify(state), { mode: 0o600, folderMode: 0o700 });
}

/** null: this host has never made a backup of the cluster. */
export async function clusterBackupFacts(folder: string, now: Date): Promise<ClusterBackupFacts | null> {
  const [newest, { verified, failure, request }] = await Promise.all([
    openShelf(folder).newest(),
    readBackupState(folder),
  ]);
  if (newest === null && failure === null) return null;
  return {
    newest: newest && {
      ...{ name: newest.name, at: newest.createdAt, keys: newest.keys },
      isTestable: newest.image !== null,
    },
    verified: verified && {
      ...verified,
      days: Math.max(0, Math.floor((now.getTime() - Date.parse(verified.at)) / day)),
    },
    failure,
    request,
  };
}
