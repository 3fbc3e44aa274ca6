import { hasCode, MusterError } from '../../shared/errors/errors.ts';
import type { Host } from '../host/host.ts';
import { createEtcdClient, type EtcdClient, type EtcdMember } from './client.ts';

/** A member counts as gone after this many silent attempts. */
const attempts = 3;
const pauseMs = 1000;
/** Longest wait for one member, in ms. */
const answerMs = 2000;

export const majorityOf = (count: number): number => Math.floor(count / 2) + 1;

const addressOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : '');

/** Whether a member's peer URL has this address. Names are not compared: a replaced machine keeps its name. */
export const isAt = ({ peerUrls }: EtcdMember, address: string): boolean =>
  peerUrls.some((url) => addressOf(url) === address);

export const hasStarted = ({ name }: EtcdMember): boolean => name !== '';

/** The cluster's etcd as a majority agrees on it now. */
export interface Etcd {
  client: EtcdClient;
  members: EtcdMember[];
}

/** A client of the member at an address; null: this host has no client certificate for etcd. */
export type EtcdAt = (address: string) => Promise<EtcdClient | null>;

export const memberAt =
  (host: Host): EtcdAt =>
  (address) =>
    createEtcdClient(host, { endpoint: `https://${address}:2379` });

/**
 * Asks the members at these addresses until one answers for a majority. Throws MusterError `no-etcd-certificate`, or
 * what was found: `etcd-no-quorum` of a member that runs rather than the silence of another.
 */
export async function currentEtcd(etcdAt: EtcdAt, addresses: readonly string[]): Promise<Etcd> {
  let last: unknown = new MusterError('no-etcd-certificate');
  for (const address of addresses) {
    try {
      const client = await etcdAt(address);
      if (client !== null) return { client, members: await client.members({ quorum: true }) };
    } catch (error) {
      if (!(error instanceof MusterError)) throw error;
      if (!hasCode(last, 'etcd-no-quorum')) last = error;
    }
  }
  throw last;
}

/** Whether etcd answers as this member; one that has not started may be about to. */
async function answers(client: EtcdClient, member: EtcdMember, isHealthy = false): Promise<boolean> {
  const urls = hasStarted(member) ? member.clientUrls : member.peerUrls.map((url) => `https://${addressOf(url)}:2379`);
  const statuses = await Promise.all(urls.map((url) => client.status(url, answerMs).catch(() => null)));
  return statuses.some((status) => status?.id === member.id && (!isHealthy || status.leader !== '0'));
}

/** Whether nothing answers as this member for several seconds. */
export async function isSilent(client: EtcdClient, member: EtcdMember, host: Host, signal: AbortSignal) {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    if (await answers(client, member)) return false;
    if (attempt < attempts) await host.sleep(pauseMs, signal);
    signal.throwIfAborted();
  }
  return true;
}

/** Voting members, and how many of them answer and have a leader. */
export async function healthOf({ client, members }: Etcd): Promise<{ voters: number; healthy: number }> {
  const voters = members.filter(({ isLearner }) => !isLearner);
  const healthy = await Promise.all(voters.map((member) => answers(client, member, true)));
  return { voters: voters.length, healthy: healthy.filter(Boolean).length };
}

/**
 * Removes a member. Throws MusterError `etcd-quorum-at-risk` unless those that remain and answer are a majority of the
 * new membership. `members`: from a read just before.
 */
export async function removeMember({ client, members }: Etcd, member: EtcdMember): Promise<void> {
  const others = members.filter(({ id }) => id !== member.id);
  const { voters, healthy } = await healthOf({ client, members: others });
  const needed = majorityOf(voters);
  if (healthy < needed) throw new MusterError('etcd-quorum-at-risk', { healthy, voters, needed });
  await client.remove(member.id);
}
