import { MusterError } from '../../../shared/errors/errors.ts';
import type { EtcdMember } from '../../etcd/client.ts';
import { currentEtcd, type Etcd, hasStarted, healthOf, isAt, majorityOf, removeMember } from '../../etcd/members.ts';
import { forgetApiEndpoint } from '../../kube/configuration.ts';
import { isStacked, type PlaceMeans } from '../control-plane-place.ts';
import { holdAway } from './away.ts';

/**
 * Takes the Lease for a control plane that is about to leave. Throws MusterError `control-plane-away` while another one
 * is away, `etcd-quorum-at-risk` if etcd could not do without it.
 */
export async function stepAside(means: PlaceMeans, name: string): Promise<void> {
  if (await isStacked(means.client)) await requireQuorumWithout(means, name);
  await holdAway(means.host, means.client, name);
}

async function requireQuorumWithout(means: PlaceMeans, name: string): Promise<void> {
  const { client, members } = await etcdWithout(means, name);
  const member = memberOf(means, members, name);
  const { voters, healthy } = await healthOf({ client, members: members.filter((one) => one !== member) });
  const needed = majorityOf(voters);
  if (healthy < needed) throw new MusterError('etcd-quorum-at-risk', { healthy, voters, needed });
}

/**
 * Removes the host's member from etcd, after its leadership has moved. Throws MusterError `etcd-quorum-at-risk` unless
 * those that remain and answer are a majority, by a fresh read; `etcd-member-of-another`, `node-not-planned`.
 */
export async function removeMemberOf(means: PlaceMeans, name: string): Promise<void> {
  const { host, client } = means;
  await holdAway(host, client, name);
  const address = addressOf(means, name);
  if (await isStacked(client)) await removeIfMember(means, name);
  await forgetApiEndpoint(client, { name, address });
}

async function removeIfMember(means: PlaceMeans, name: string): Promise<void> {
  const etcd = await etcdWithout(means, name);
  const member = memberOf(means, etcd.members, name);
  if (member === undefined) return;
  await moveLeadership(means, etcd, member);
  // Read again: the leadership took a moment.
  await removeMember(await etcdWithout(means, name), member);
  means.warn(`removed etcd member ${BigInt(member.id).toString(16)} of ${name}`);
}

/** Whether etcd has a member of this name, or at the planned address of this host. */
export async function isMember(means: PlaceMeans, name: string): Promise<boolean> {
  if (!(await isStacked(means.client))) return false;
  const address = plannedOf(means, name)?.address;
  const { members } = await etcdWithout(means, name);
  return members.some((member) => member.name === name || (address !== undefined && isAt(member, address)));
}

/** etcd as the other members see it. */
function etcdWithout({ etcdAt, settings }: PlaceMeans, name: string): Promise<Etcd> {
  const others = settings.hosts.filter((host) => host.role === 'control-plane' && host.name !== name);
  return currentEtcd(etcdAt, ['127.0.0.1', ...others.map(({ address }) => address)]);
}

const plannedOf = ({ settings }: PlaceMeans, name: string) => settings.hosts.find((host) => host.name === name);

/** The planned address: root on a worker chooses what its Node reports. Throws MusterError `node-not-planned`. */
function addressOf(means: PlaceMeans, name: string): string {
  const address = plannedOf(means, name)?.address;
  if (address === undefined) throw new MusterError('node-not-planned', { host: name });
  return address;
}

/**
 * The host's member: at its planned address, or else by its name, if the plan has changed the address. undefined: none.
 * Throws MusterError `node-not-planned`, or `etcd-member-of-another` if it may be the member of another host.
 */
function memberOf(means: PlaceMeans, members: readonly EtcdMember[], name: string): EtcdMember | undefined {
  const address = addressOf(means, name);
  const member = members.find((one) => isAt(one, address)) ?? members.find((one) => one.name === name);
  if (member === undefined) return undefined;
  const others = means.settings.hosts.filter((host) => host.role === 'control-plane' && host.name !== name);
  const isAnother = others.some((host) => isAt(member, host.address));
  if (isAnother || (hasStarted(member) && member.name !== name)) {
    throw new MusterError('etcd-member-of-another', {
      host: name,
      url: member.peerUrls.join(', '),
    });
  }
  return member;
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
