import type { Facts } from '../../protocol/facts.ts';

/** The facts that hosts are compared by; few, because those of all hosts are in memory. */
export type ComparedFacts = Pick<Facts, 'machineId' | 'productUuid' | 'addresses' | 'peers' | 'ports'> & {
  /** Absent from facts stored by earlier releases. */
  network?: Pick<Facts['network'], 'interfaces'>;
};

/** One host, as compared with the others. */
export interface Member {
  name: string;
  /** As planned. */
  address: string;
  facts: ComparedFacts;
  /** Its clock minus the coordinator's, in ms; null: not reported yet. */
  clockSkewMs: number | null;
}

/** Value -> the hosts that have it, the first to report it first. */
export type Holders = ReadonlyMap<string, readonly string[]>;

/** All hosts, indexed, so that checking one host does not depend on their number; see fleet-index.ts. */
export interface Fleet {
  machineIds: Holders;
  productUuids: Holders;
  macs: Holders;
  /** All IPv4 addresses of all hosts. */
  addresses: Holders;
  /** Planned address -> its host. */
  planned: Pick<ReadonlyMap<string, string>, 'get'>;
  /** The most frequent MTU; null: none known. */
  usualMtu: number | null;
  /** The median, in ms; null: none known. */
  usualSkewMs: number | null;
  /** Whether a port (`host:port`) was known to listen when the host `name` last looked. */
  listenedBefore: (port: string, name: string) => boolean;
}

export interface FleetKnown {
  member: Member;
  fleet: Fleet;
}

export function comparedFacts(facts: ComparedFacts): ComparedFacts {
  const { machineId, productUuid, addresses, peers, ports, network } = facts;
  return { machineId, productUuid, addresses, peers, ports, network: { interfaces: network?.interfaces ?? null } };
}

/** The interface with the planned address. */
export const interfaceOf = ({ facts, address }: Member) => facts.addresses.find((one) => one.address === address);

export function mtuOf(member: Member): number | null {
  const name = interfaceOf(member)?.interface;
  return member.facts.network?.interfaces?.find((one) => one.name === name)?.mtu ?? null;
}

/** Vendors ship these values in many machines. */
const placeholder = /^(0+|f+|03000200-0400-0500-0006-000700080009|12345678-.*)$/i;

export const productUuidOf = ({ facts }: Member): string | null => {
  const uuid = facts.productUuid?.toLowerCase() ?? '';
  return placeholder.test(uuid.replaceAll('-', '')) || placeholder.test(uuid) || !/^[0-9a-f-]{36}$/.test(uuid)
    ? null
    : uuid;
};
