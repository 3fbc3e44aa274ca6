import { MusterError } from '../../shared/errors/errors.ts';
import type { Assignment } from '../../shared/protocol/assignment.ts';
import type { HostView } from '../host/host.ts';
import type { EtcdMember } from './client.ts';
import { currentEtcd, type EtcdAt, isAt } from './members.ts';
import { etcdPod } from './pod.ts';

interface Known {
  host: HostView;
  assignment: Pick<Assignment, 'host' | 'settings'>;
  etcdAt: EtcdAt;
}

/**
 * Whether the other control planes agree, by a majority, that this host's member was removed: its data is useless, and
 * its etcd never starts again. false: it is a member, or no majority answers. The plan may have changed its address
 * since, so the member is looked for by its own peer URL and name, too.
 */
export async function isRemovedMember({ host, assignment, etcdAt }: Known): Promise<boolean> {
  const { host: self, settings } = assignment;
  const others = settings.hosts.filter(({ role, name }) => role === 'control-plane' && name !== self.name);
  const addresses = others.map(({ address }) => address);
  try {
    const own = await etcdPod(host);
    const isOwn = (member: EtcdMember) =>
      member.name === (own?.name ?? self.name) ||
      (own !== null && member.peerUrls.includes(own.peerUrl)) ||
      isAt(member, self.address);
    const { members } = await currentEtcd(etcdAt, addresses);
    return members.length > 0 && !members.some(isOwn);
  } catch (error) {
    if (error instanceof MusterError) return false;
    throw error;
  }
}
