import { MusterError } from '../../shared/errors/errors.ts';
import type { EtcdFacts } from '../../shared/protocol/facts.ts';
import { createEtcdClient, type EtcdClient, type EtcdMember } from '../etcd/client.ts';
import { replacedData } from '../etcd/data-identity.ts';
import { externalClient, runningExternalEtcd } from '../etcd/external/access.ts';
import { gauge, p99Ms } from '../etcd/histogram.ts';
import { etcdManifest } from '../etcd/pod.ts';
import type { HostView } from '../host/host.ts';

/** Longest wait for one answer, in ms, so that a dead member does not delay a report. */
const patience = 2000;
const mostMembers = 16;
const mebibyte = 1024 ** 2;

type Member = EtcdFacts['members'][number];

const silent: Omit<EtcdFacts, 'external'> = {
  ...{ self: null, leader: null, revision: null, members: [], quotaBytes: null },
  ...{ fsyncMs: null, commitMs: null, alarms: null, replaced: null },
};

/**
 * etcd as this host's member, or the one that its API server uses, sees it; null: this host has none. Takes up to 4 s
 * while members do not answer.
 */
export async function etcdFacts(host: HostView, options?: { endpoint?: string }): Promise<EtcdFacts | null> {
  const reached = await reach(host, options);
  if (reached === null) return null;
  const { client, external } = reached;
  const own = await answered(client.status(undefined, patience));
  if (own === null) return { ...silent, external };
  const hasQuorum = own.leader !== '0';
  const [members, metrics, alarms, replaced] = await Promise.all([
    memberFacts(client),
    answered(client.metrics()),
    hasQuorum ? answered(client.alarms(patience)) : null,
    answered(replacedData(host, client, { waitMs: patience })),
  ]);
  return {
    external,
    self: hex(own.id),
    leader: hasQuorum ? hex(own.leader) : null,
    revision: hasQuorum ? null : own.revision,
    members,
    quotaBytes: own.quotaBytes ?? gauge(metrics ?? '', 'etcd_server_quota_backend_bytes'),
    fsyncMs: p99Ms(metrics ?? '', 'etcd_disk_wal_fsync_duration_seconds'),
    commitMs: p99Ms(metrics ?? '', 'etcd_disk_backend_commit_duration_seconds'),
    alarms: alarms?.map(({ member, alarm }) => ({ member: hex(member), alarm })) ?? null,
    replaced,
  };
}

/** Changes with the leader, the members, and whether they answer; null: this host has no member. */
export async function etcdSign(host: HostView, options?: { endpoint?: string }): Promise<string | null> {
  const client = (await reach(host, options))?.client;
  if (client === undefined) return null;
  const [own, members] = await Promise.all([answered(client.status(undefined, patience)), memberFacts(client)]);
  return [own?.leader ?? '', ...members.map(({ id, answers }) => `${id} ${answers}`)].join();
}

/** This host's member, or the external etcd that its API server uses; null: neither. */
async function reach(
  host: HostView,
  options?: { endpoint?: string },
): Promise<{ client: EtcdClient; external: boolean } | null> {
  const access = await runningExternalEtcd(host);
  const isOwn = access === null && (await host.exists(etcdManifest));
  const client =
    access !== null ? await externalClient(host, access) : isOwn ? await createEtcdClient(host, options) : null;
  return client && { client, external: access !== null };
}

async function memberFacts(client: EtcdClient): Promise<Member[]> {
  const members = (await answered(client.members())) ?? [];
  return Promise.all(members.slice(0, mostMembers).map((member) => memberFact(client, member)));
}

async function memberFact(client: EtcdClient, { id, name, peerUrls, clientUrls, isLearner }: EtcdMember) {
  const [clientUrl] = clientUrls;
  const status = clientUrl === undefined ? null : await answered(client.status(clientUrl, patience));
  return {
    ...{ id: hex(id), name, peerUrl: peerUrls[0] ?? '', isLearner },
    // Another process at that address is no sign of life.
    answers: status?.id === id,
    version: status?.version ?? null,
    dbBytes: rounded(status?.dbBytes),
    inUseBytes: rounded(status?.inUseBytes),
  };
}

/** null: the call failed in a way that the catalogue knows. */
async function answered<T>(call: Promise<T>): Promise<T | null> {
  return call.catch((error) => {
    if (error instanceof MusterError) return null;
    throw error;
  });
}

const hex = (id: string): string => BigInt(id).toString(16);
/** A size that does not change with every look. */
const rounded = (bytes: number | undefined) => (bytes === undefined ? null : Math.ceil(bytes / mebibyte) * mebibyte);
