import { z } from 'zod';
import type { HostView } from '../host/host.ts';
import { alarmsSchema, membersSchema, rangeSchema, statusSchema, valuesSchema } from './answers.ts';
import { type EtcdCredentials, etcdCredentials } from './credentials.ts';
import { createGateway } from './gateway.ts';
import { type Keyspace, keyspaceOf } from './keyspace.ts';
import { snapshotIn } from './snapshot.ts';

export interface EtcdMember {
  /** Decimal, as the gateway writes it; etcdctl prints it in hexadecimal. */
  id: string;
  /** Empty until the member has started once. */
  name: string;
  /** Such as https://192.168.0.130:2380 */
  peerUrls: string[];
  /** Empty until the member has started once. */
  clientUrls: string[];
  isLearner: boolean;
}

export interface EtcdStatus {
  /** The member that answered. */
  id: string;
  /** Its cluster's id, decimal. */
  cluster: string;
  version: string;
  /** '0': it knows no leader. */
  leader: string;
  isLearner: boolean;
  dbBytes: number;
  inUseBytes: number;
  /** null: unknown, before etcd 3.6. */
  quotaBytes: number | null;
  revision: string;
}

export interface EtcdAlarm {
  /** The member that raised it. */
  member: string;
  /** Such as NOSPACE or CORRUPT. */
  alarm: string;
}

export type EtcdClient = ReturnType<typeof etcdClient>;

/** Where the member of this host listens for clients. */
const ownEndpoint = 'https://127.0.0.1:2379';
const timeoutMs = 5000;
/** etcd gives up on a proposal after about 7 s. */
const proposalMs = 10_000;
/** A member answers nothing else meanwhile; about 1 s for each 100 MB. */
const defragmentMs = 120_000;
/** The key with one zero byte: usually absent, and cheap. */
const probe = { key: 'AA==', count_only: true };
/** Created once for etcd's data, and the API server does not allow its deletion. */
const system = { key: Buffer.from('/registry/namespaces/kube-system').toString('base64') };
/** In protobuf and in JSON the object's own UID comes first. */
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/**
 * A client of this host's etcd member, or of the one at `endpoint`; null: this host has no client certificate for etcd.
 * Every call throws MusterError `etcd-unreachable`, `etcd-refused`, `etcd-no-quorum` or `etcd-answer-invalid`.
 */
export async function createEtcdClient(
  host: HostView,
  { endpoint = ownEndpoint, folder }: { endpoint?: string; folder?: string } = {},
): Promise<EtcdClient | null> {
  const credentials = await etcdCredentials(host, folder);
  return credentials === null ? null : etcdClient(credentials, endpoint);
}

/** A client of the member at `endpoint`. */
export function etcdClient(credentials: EtcdCredentials, endpoint: string) {
  const gateway = createGateway(credentials);
  const nothing = z.object({});

  return {
    endpoint,

    /**
     * All members. `quorum`: as a majority agrees at this moment; else as this member knows them, which also answers
     * when quorum is lost.
     */
    async members({ quorum = false } = {}): Promise<EtcdMember[]> {
      // etcd 3.4 has no linearizable list, but no member that follows a fresh read lags behind it.
      if (quorum) await gateway.call(endpoint, '/v3/kv/range', probe, nothing, proposalMs);
      const ask = { linearizable: quorum };
      const { members } = await gateway.call(endpoint, '/v3/cluster/member/list', ask, membersSchema, timeoutMs);
      return members.map(({ ID, name, peerURLs, clientURLs, isLearner }) => {
        return { id: ID, name, peerUrls: peerURLs, clientUrls: clientURLs, isLearner };
      });
    },

    /** Of the member at a client URL; `waitMs`: the longest wait. */
    async status(clientUrl: string = endpoint, waitMs = timeoutMs): Promise<EtcdStatus> {
      const found = await gateway.call(clientUrl, '/v3/maintenance/status', {}, statusSchema, waitMs);
      const { header, version, leader, isLearner, dbSize, dbSizeInUse, dbSizeQuota } = found;
      return {
        id: header.member_id,
        cluster: header.cluster_id,
        version,
        leader,
        isLearner,
        dbBytes: dbSize,
        inUseBytes: dbSizeInUse,
        quotaBytes: dbSizeQuota || null,
        revision: header.revision,
      };
    },

    /** Removes a member. 404: there is no such member. */
    async remove(id: string): Promise<void> {
      await gateway.call(endpoint, '/v3/cluster/member/remove', { ID: id }, nothing, proposalMs);
    },

    /** Makes a member the leader; only the leader at `endpoint` does this. */
    async moveLeader(id: string): Promise<void> {
      await gateway.call(endpoint, '/v3/maintenance/transfer-leadership', { targetID: id }, nothing, proposalMs);
    },

    /** Returns free space of a member's database to its file system. */
    async defragment(clientUrl: string): Promise<void> {
      await gateway.call(clientUrl, '/v3/maintenance/defragment', {}, nothing, defragmentMs);
    },

    /** Active alarms of all members. Needs quorum. */
    async alarms(waitMs = proposalMs): Promise<EtcdAlarm[]> {
      const { alarms } = await gateway.call(endpoint, '/v3/maintenance/alarm', {}, alarmsSchema, waitMs);
      return alarms.filter(({ alarm }) => alarm !== 'NONE').map(({ memberID, alarm }) => ({ member: memberID, alarm }));
    },

    /** Keys in a range, as a majority of the members holds them. */
    range: (body: object) => gateway.call(endpoint, '/v3/kv/range', body, valuesSchema, proposalMs),

    /** What the member at `endpoint` holds at a revision. */
    keyspace: (revision: string): Promise<Keyspace> =>
      keyspaceOf((body) =>
        gateway.call(endpoint, '/v3/kv/range', { ...body, revision, serializable: true }, rangeSchema, proposalMs),
      ),

    /**
     * Identity of the data of the member at `endpoint`: the UID of the namespace kube-system; '': there is none; null:
     * it cannot be read, for example because it is encrypted. `quorum`: as a majority agrees.
     */
    async dataUid({ quorum = false, waitMs = timeoutMs } = {}): Promise<string | null> {
      const ask = { ...system, serializable: !quorum };
      const { kvs } = await gateway.call(endpoint, '/v3/kv/range', ask, rangeSchema, waitMs);
      const [namespace] = kvs;
      if (namespace === undefined) return '';
      return uuid.exec(Buffer.from(namespace.value, 'base64').toString('latin1'))?.[0] ?? null;
    },

    /** Metrics of the member at `endpoint` in Prometheus' text format. */
    metrics: (): Promise<string> => gateway.page(endpoint, '/metrics', timeoutMs),

    /** The content of a snapshot file of the member at `endpoint`, verified when the last byte has been read. */
    snapshot: (): AsyncGenerator<Buffer> => snapshotIn(gateway.lines(endpoint, '/v3/maintenance/snapshot')),
  };
}
