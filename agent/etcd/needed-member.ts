import { MusterError } from '../../shared/errors/errors.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { EtcdClient, EtcdMember } from './client.ts';
import { currentEtcd, type EtcdAt, healthOf, isAt, majorityOf } from './members.ts';

interface Known {
  assignment: Pick<Assignment, 'host' | 'settings'>;
  etcdAt: EtcdAt;
}

/** Longest wait for one member, in ms. */
const answerMs = 2000;

const otherAddresses = ({ host: self, settings }: Known['assignment']): string[] =>
  settings.hosts.filter(({ role, name }) => role === 'control-plane' && name !== self.name).map((one) => one.address);

/**
 * Whether the members of the other control planes are a majority without this host's, by a fresh read, so that its data
 * may be given up. false: they are not, or nobody knows.
 */
export async function canDoWithoutMember({ assignment, etcdAt }: Known): Promise<boolean> {
  try {
    const { client, members } = await currentEtcd(etcdAt, otherAddresses(assignment));
    const others = members.filter((member) => !isAt(member, assignment.host.address));
    const { healthy } = await healthOf({ client, members: others });
    return healthy >= majorityOf(members.filter(({ isLearner }) => !isLearner).length);
  } catch (error) {
    if (error instanceof MusterError) return false;
    throw error;
  }
}

/**
 * The members if etcd has no leader and counts this host's vote, as another member that runs knows it: kubeadm adds the
 * second member before it can start. null: there is a leader, this host has no vote, or no other member answers.
 */
export async function membersInNeed({ assignment, etcdAt }: Known): Promise<EtcdMember[] | null> {
  for (const address of otherAddresses(assignment)) {
    const seen = await leaderless(await etcdAt(address));
    if (seen === undefined) continue;
    const own = seen?.find((member) => isAt(member, assignment.host.address));
    return own === undefined || own.isLearner ? null : seen;
  }
  return null;
}

/** The members as one that has no leader knows them; null: it has one; undefined: it does not answer. */
async function leaderless(client: EtcdClient | null): Promise<EtcdMember[] | null | undefined> {
  try {
    const status = await client?.status(undefined, answerMs);
    if (status === undefined) return undefined;
    return status.leader === '0' ? await client?.members() : null;
  } catch (error) {
    if (error instanceof MusterError) return undefined;
    throw error;
  }
}
