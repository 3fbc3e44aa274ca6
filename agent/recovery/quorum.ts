import { MusterError } from '../../shared/errors/errors.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import { createEtcdClient } from '../etcd/client.ts';
import { currentEtcd, type EtcdAt } from '../etcd/members.ts';
import type { EtcdPod } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';

/** The revision of this host's member; null: it does not answer. Throws MusterError `etcd-has-quorum`. */
export async function refuseQuorum(host: Host, endpoint: string | undefined): Promise<string | null> {
  const client = await createEtcdClient(host, endpoint === undefined ? {} : { endpoint });
  const status = await client?.status(undefined, 2000).catch(() => null);
  if (status && status.leader !== '0') throw new MusterError('etcd-has-quorum');
  return status?.revision ?? null;
}

/**
 * Throws MusterError `etcd-quorum-elsewhere` if another planned member has a leader, whatever this host's own one says. Hosts
 * that restore are not asked: they may have restored etcd already.
 */
export async function refuseQuorumElsewhere(
  restorers: readonly string[],
  { host: self, settings }: Assignment,
  etcdAt: EtcdAt,
): Promise<void> {
  const leaderAt = async (address: string) => (await (await etcdAt(address))?.status(undefined, 2000))?.leader ?? '0';
  const others = settings.hosts.filter(
    ({ name, role }) => role === 'control-plane' && name !== self.name && !restorers.includes(name),
  );
  const leaders = await Promise.all(others.map(({ address }) => leaderAt(address).catch(() => '0')));
  const hosts = others.flatMap(({ name }, index) => (leaders[index] === '0' ? [] : [name])).join(', ');
  if (hosts !== '') throw new MusterError('etcd-quorum-elsewhere', { hosts });
}

/** Throws MusterError `recovery-unsigned`. */
export function refuseUnsigned({ host, isUnsigned = false }: RecoveryOrder): void {
  if (isUnsigned) throw new MusterError('recovery-unsigned', { host });
}

interface Known {
  host: Host;
  pod: EtcdPod;
  endpoint: string | undefined;
  etcdAt: EtcdAt;
  /** Its data was restored for an order that another one replaced, so its leader is no quorum. */
  isRestorer: boolean;
}

/**
 * Whether this host's etcd is a member of the restored cluster: it has joined since, perhaps as a new machine, and its data
 * is that cluster's. false: its data is of the old cluster. Throws MusterError `etcd-has-quorum` if that still has a leader,
 * `etcd-membership-unknown` and `recovery-unsigned`.
 */
export async function isInRestored(order: RecoveryOrder, assignment: Assignment, known: Known): Promise<boolean> {
  const isMember = await isMemberOf(order.host, assignment, known);
  if (isMember === true) return true;
  if (!known.isRestorer) await refuseQuorum(known.host, known.endpoint);
  if (isMember === null) throw new MusterError('etcd-membership-unknown');
  refuseUnsigned(order);
  return false;
}

/** As a majority says now; null: none answers. The host that restored is asked first: others may still be in the old cluster. */
async function isMemberOf(restorer: string, { host: self, settings }: Assignment, { pod, etcdAt }: Known) {
  const others = settings.hosts.filter(({ role, name }) => role === 'control-plane' && name !== self.name);
  const ordered = others.toSorted((a, b) => Number(b.name === restorer) - Number(a.name === restorer));
  const addresses = ordered.map(({ address }) => address);
  try {
    const { members } = await currentEtcd(etcdAt, addresses);
    return members.some(({ peerUrls }) => peerUrls.includes(pod.peerUrl));
  } catch (error) {
    if (error instanceof MusterError) return null;
    throw error;
  }
}
