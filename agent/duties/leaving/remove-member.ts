import { z } from 'zod';
import { MusterError } from '../../../shared/errors/errors.ts';
import type { EtcdMember } from '../../etcd/client.ts';
import { currentEtcd, type Etcd, healthOf, isAt, majorityOf, removeMember } from '../../etcd/members.ts';
import { forgetApiEndpoint } from '../../kube/configuration.ts';
import { nodePath } from '../../kube/objects.ts';
import { isStacked, type PlaceMeans } from '../control-plane-place.ts';
import { holdAway } from './away.ts';

const addressesSchema = z.object({
  status: z.object({ addresses: z.array(z.object({ type: z.string(), address: z.string() })).default([]) }),
});

/**
 * Takes the Lease for a control plane that is about to leave. Throws MusterError `control-plane-away` while another one is
 * away, `etcd-quorum-at-risk` if etcd could not do without it.
 */
export async function stepAside(means: PlaceMeans, name: string): Promise<void> {
  if (await isStacked(means.client)) await requireQuorumWithout(means, name);
  await holdAway(means.host, means.client, name);
}

async function requireQuorumWithout(means: PlaceMeans, name: string): Promise<void> {
  const address = await addressOf(means, name);
  const { client, members } = await etcdWithout(means, name);
  const { voters, healthy } = await healthOf({ client, members: members.filter((one) => !isAt(one, address)) });
  const needed = majorityOf(voters);
  if (healthy < needed) throw new MusterError('etcd-quorum-at-risk', { healthy, voters, needed });
}

/**
 * Removes the host's member from etcd, after its leadership has moved. Throws MusterError `etcd-quorum-at-risk` unless
 * those that remain and answer are a majority, by a fresh read.
 */
export async function removeMemberOf(means: PlaceMeans, name: string): Promise<void> {
  const { host, client } = means;
  await holdAway(host, client, name);
  const address = await addressOf(means, name);
  if (await isStacked(client)) await removeMemberAt(means, name, address);
  await forgetApiEndpoint(client, { name, address });
}

async function removeMemberAt(means: PlaceMeans, name: string, address: string): Promise<void> {
  const etcd = await etcdWithout(means, name);
  const member = etcd.members.find((one) => isAt(one, address));
  if (member === undefined) return;
  await moveLeadership(means, etcd, member);
  // Read again: the leadership took a moment.
  await removeMember(await etcdWithout(means, name), member);
  means.warn(`removed etcd member ${BigInt(member.id).toString(16)} of ${name}`);
}

/** Whether etcd has a member at the address of this host. */
export async function isMember(means: PlaceMeans, name: string): Promise<boolean> {
  if (!(await isStacked(means.client))) return false;
  const address = await addressOf(means, name);
  return (await etcdWithout(means, name)).members.some((member) => isAt(member, address));
}

/** etcd as the other members see it. */
function etcdWithout({ etcdAt, settings }: PlaceMeans, name: string): Promise<Etcd> {
  const others = settings.hosts.filter((host) => host.role === 'control-plane' && host.name !== name);
  return currentEtcd(etcdAt, ['127.0.0.1', ...others.map(({ address }) => address)]);
}

/** The Node's address, which its member has, too; else the planned one. Throws MusterError `node-not-planned`. */
async function addressOf({ client, settings }: PlaceMeans, name: string): Promise<string> {
  const node = addressesSchema.safeParse(await client.get(nodePath(name)));
  const internal = node.data?.status.addresses.find(({ type }) => type === 'InternalIP')?.address;
  const address = internal ?? settings.hosts.find((host) => host.name === name)?.address;
  if (address === undefined) throw new MusterError('node-not-planned', { host: name });
  return address;
}

/** A cluster without a leader elects one for about a second. A member that does not answer leads nothing. */
async function moveLeadership({ etcdAt, settings }: PlaceMeans, { client, members }: Etcd, member: EtcdMember) {
  const others = members.filter(({ id, isLearner }) => id !== member.id && !isLearner);
  const statuses = await Promise.all(
    others.flatMap(({ clientUrls }) => clientUrls.map((url) => client.status(url, 2000).catch(() => null))),
  );
  const heir = statuses.find((status) => status !== null && status.leader === member.id);
  const address = settings.hosts.find((host) => isAt(member, host.address))?.address;
  if (heir == null || address === undefined) return;
  await (await etcdAt(address))?.moveLeader(heir.id).catch(() => undefined);
}
