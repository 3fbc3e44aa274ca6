import { MusterError } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Host } from '../host/host.ts';
import { createEtcdClient, type EtcdClient, type EtcdStatus } from './client.ts';
import { etcdManifest } from './pod.ts';

/** A database is worth it from this much free space on, in bytes, and with this share of it free. */
const leastFree = 100 * 1024 ** 2;
const leastShare = 0.5;
const patience = 2000;

const isWorthIt = ({ dbBytes, inUseBytes }: EtcdStatus): boolean =>
  inUseBytes > 0 && dbBytes - inUseBytes >= leastFree && (dbBytes - inUseBytes) / dbBytes >= leastShare;

interface Means {
  host: Host;
  log: Pick<Logger, 'info' | 'warn'>;
  endpoint?: string;
}

/**
 * Defragments the members whose database is mostly free, one at a time and the leader last. Only the leader's host does
 * it, so no two members are busy at once; never while a member does not answer or an alarm is raised. A member that
 * does not answer afterwards ends it.
 */
export async function defragment({ host, log, endpoint }: Means): Promise<void> {
  if (!(await host.exists(etcdManifest))) return;
  const client = await createEtcdClient(host, endpoint === undefined ? {} : { endpoint });
  if (client === null) return;
  try {
    for (const { url, name } of await worthwhile(client)) {
      await client.defragment(url);
      await client.status(url);
      log.info('defragmented etcd', { member: name });
    }
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    log.warn(`etcd was not defragmented: ${error.message}`);
  }
}

/** Members to defragment, in order; empty unless this host has the leader and all members answer. */
async function worthwhile(client: EtcdClient): Promise<{ url: string; name: string }[]> {
  const own = await client.status();
  if (own.leader !== own.id || (await client.alarms()).length > 0) return [];
  const members = await client.members({ quorum: true });
  const looked = await Promise.all(
    members.map(async ({ id, name, clientUrls: [url = ''] }) => ({
      id,
      name,
      url,
      status: await client.status(url, patience),
    })),
  );
  return looked
    .filter(({ status }) => isWorthIt(status))
    .sort((a, b) => Number(a.id === own.id) - Number(b.id === own.id));
}
