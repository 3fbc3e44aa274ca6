import { hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { removeDurably, unlessMissing, writeAtomically } from '../../shared/node/files.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { Client } from '../link/client.ts';
import type { AgentPaths } from '../paths.ts';

interface Means {
  paths: AgentPaths;
  client: Pick<Client, 'download'>;
  log: Logger;
}

/**
 * Stores the copy of a backup that the target names and keeps the newest `keep` copies of its kind. The copies are
 * encrypted to a key that none of these machines holds. Throws MusterError `copy-damaged`.
 */
export function createBackupCopies({ paths, client, log }: Means) {
  const folder = join(paths.state, 'backups');

  return async function keepCopy(
    wanted: NonNullable<Target['backup' | 'clusterCopy']>,
    signal: AbortSignal,
  ): Promise<void> {
    const { name, sha256, keep } = wanted;
    const path = join(folder, name);
    const there = await unlessMissing(readFile(path));
    if (there === null || hash('sha256', there) !== sha256) {
      const content = await client.download(`/v1/backup-copies/${name}`, signal);
      if (hash('sha256', content) !== sha256) {
        throw new MusterError('copy-damaged', { name });
      }
      await writeAtomically(path, content, { mode: 0o600, folderMode: 0o700 });
      log.info('stored a copy of a backup', { name });
    }
    const kind = name.split('-')[0] ?? '';
    const isKind = (one: string) => one.startsWith(`${kind}-`) && one.endsWith('.age');
    const kept = (await readdir(folder)).filter(isKind).sort();
    for (const old of kept.slice(0, -keep)) await removeDurably(join(folder, old));
  };
}
