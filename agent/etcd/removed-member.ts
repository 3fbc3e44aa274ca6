import { MusterError } from '../../shared/errors/errors.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import { currentEtcd, type EtcdAt, isAt } from './members.ts';

interface Known {
  assignment: Pick<Assignment, 'host' | 'settings'>;
  etcdAt: EtcdAt;
}

/**
 * Whether the other control planes agree, by a majority, that this host's member was removed: its data is useless, and its
 * etcd never starts again. false: it is a member, or no majority answers.
 */
export async function isRemovedMember({ assignment, etcdAt }: Known): Promise<boolean> {
  const { host: self, settings } = assignment;
  const others = settings.hosts.filter(({ role, name }) => role === 'control-plane' && name !== self.name);
  const addresses = others.map(({ address }) => address);
  try {
    const { members } = await currentEtcd(etcdAt, addresses);
    return members.length > 0 && !members.some((member) => isAt(member, self.address));
  } catch (error) {
    if (error instanceof MusterError) return false;
    throw error;
  }
}
