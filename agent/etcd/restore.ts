import { dirname } from 'node:path';
import { MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';
import { lastWords } from '../machine/program.ts';
import type { Containers } from './container.ts';

export interface RestoreWork {
  image: string;
  /** Name of the container that restores; two restores at a time need two. */
  container: string;
  /** A snapshot, or the database file of a member that does not run. */
  snapshot: string;
  /** Whether the file ends with its checksum; a member's own file does not. */
  hasChecksum: boolean;
  /** Created; what an interrupted attempt left is removed. */
  dataFolder: string;
  /** Of the only member, exactly as it will be started. */
  name: string;
  peerUrl: string;
  /** Keeps members of the former cluster out, whose names and addresses are the same. */
  token: string;
  /** Raises the revision and invalidates watches, for a cluster whose clients have seen newer ones. */
  bump?: boolean;
}

const timeoutMs = 15 * 60_000;

/**
 * Restores a snapshot with the tool in etcd's own image: etcdutl, or etcdctl before etcd 3.6. Throws MusterError
 * `etcd-restore-failed`; there is no data folder then.
 */
export async function restoreSnapshot(
  host: Pick<Host, 'removeTree'>,
  containers: Containers,
  work: RestoreWork,
): Promise<void> {
  const { image, container, snapshot, dataFolder, name, peerUrl, token, hasChecksum, bump = false } = work;
  const mounts = [...new Set([dirname(snapshot), dirname(dataFolder)])].map((path) => ({ path }));
  const args = [
    ...['snapshot', 'restore', snapshot, '--data-dir', dataFolder, '--name', name],
    ...['--initial-cluster', `${name}=${peerUrl}`, '--initial-advertise-peer-urls', peerUrl],
    ...['--initial-cluster-token', token, ...(hasChecksum ? [] : ['--skip-hash-check'])],
  ];
  const attempts = [
    ...(bump ? [['etcdutl', ...args, '--bump-revision', '1000000000', '--mark-compacted']] : []),
    ['etcdutl', ...args],
    ['etcdctl', ...args],
  ];
  const reasons: string[] = [];
  for (const [program = '', ...rest] of attempts) {
    // One that outlived the agent may still write.
    await containers.remove(container);
    await host.removeTree(dataFolder);
    const result = await containers.run({ image, name: container, mounts, program, args: rest }, { timeoutMs });
    if (result.exitCode === 0) return;
    reasons.push(`${program}: ${lastWords(result)}`);
  }
  await host.removeTree(dataFolder);
  throw new MusterError('etcd-restore-failed', { snapshot, reason: reasons.join('; ') });
}
