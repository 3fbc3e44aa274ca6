import { MusterError } from '../../shared/errors/errors.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { RecoveryOrder } from '../../shared/protocol/recovery.ts';
import { createEtcdClient, type EtcdClient } from '../etcd/client.ts';
import { replacedData } from '../etcd/data-identity.ts';
import { currentEtcd, type EtcdAt } from '../etcd/members.ts';
import type { EtcdPod } from '../etcd/pod.ts';
import type { Host } from '../host/host.ts';

/**
 * The revision of this host's member; null: it does not answer. `isSource`: its data is what would be restored. Throws
 * MusterError `etcd-has-quorum`.
 */
export async function refuseQuorum(
  host: Host,
  endpoint: string | undefined,
  { isSource = false } = {},
): Promise<string | null> {
  const client = await createEtcdClient(host, endpoint === undefined ? {} : { endpoint });
  const status = await client?.status(undefined, 2000).catch(() => null);
  if (!client || !status) return null;
  const hasLeader = status.leader !== '0';
  if (hasLeader && (isSource || !(await isReplaced(host, client)))) throw new MusterError('etcd-has-quorum');
  return status.revision;
}

/** A leader of data that replaced the cluster's is no quorum of the cluster. false: also if that is not known. */
const isReplaced = async (host: Host, client: EtcdClient): Promise<boolean> =>
  (await replacedData(host, client, { quorum: true }).catch(() => null)) !== null;

/**
 * Throws MusterError `etcd-quorum-elsewhere` if another planned member has a leader, whatever this host's own one says.
 * Hosts that restore are not asked: they may have restored etcd already.
 */
export async function refuseQuorumElsewhere(
  host: Host,
  restorers: readonly string[],
  { host: self, settings }: Assignment,
  etcdAt: EtcdAt,
): Promise<void> {
  const leads = async (address: string) => {
    const client = await etcdAt(address);
    const status = await client?.status(undefined, 2000).catch(() => null);
    return client && status && status.leader !== '0' ? !(await isReplaced(host, client)) : false;
  };
  const others = settings.hosts.filter(
    ({ name, role }) => role === 'control-plane' && name !== self.name && !restorers.includes(name),
  );
  const leading = await Promise.all(others.map(({ address }) => leads(address)));
  const hosts = others.flatMap(({ name }, index) => (leading[index] ? [name] : [])).join(', ');
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
 * Whether this host's etcd is a member of the restored cluster: it has joined since, perhaps as a new machine, and its
 * data is that cluster's. false: its data is of the old cluster. Throws MusterError `etcd-has-quorum` if that still has
 * a leader, `etcd-membership-unknown` and `recovery-unsigned`.
 */
export async function isInRestored(order: RecoveryOrder, assignment: Assignment, known: Known): Promise<boolean> {
  const isMember = await isMemberOf(order.host, assignment, known);
  if (isMember === true) return true;
  if (!known.isRestorer) await refuseQuorum(known.host, known.endpoint);
  if (isMember === null) throw new MusterError('etcd-membership-unknown');
  refuseUnsigned(order);
  return false;
}

/**
 * As a majority says now; null: none answers. The host that restored is asked first: others may still be in the old
 * cluster.
 */
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
