import type { Facts } from '../../protocol/facts.ts';

/** One host, as compared with the others. */
export interface Member {
  name: string;
  /** As planned. */
  address: string;
  facts: Facts;
  /** Its clock minus the coordinator's, in ms; null: not reported yet. */
  clockSkewMs: number | null;
  /** Orders hosts by when they first reported an identifying value: the first one keeps it. */
  claimed: Readonly<Record<Identifier, number>>;
}

/** Values that only one host may have. */
export type Identifier = 'machineId' | 'productUuid' | 'mac';

/** Value -> the hosts that have it, the first to report it first. */
export type Holders = ReadonlyMap<string, readonly string[]>;

/** All hosts, indexed, so that checking one host does not depend on their number. */
export interface Fleet {
  machineIds: Holders;
  productUuids: Holders;
  macs: Holders;
  /** All IPv4 addresses of all hosts. */
  addresses: Holders;
  /** Planned address -> its host. */
  planned: ReadonlyMap<string, string>;
  /** The most frequent MTU; null: none known. */
  usualMtu: number | null;
  /** The median, in ms; null: none known. */
  usualSkewMs: number | null;
  /** All listening ports, as `host:port`. */
  listening: ReadonlySet<string>;
}

export interface FleetKnown {
  member: Member;
  fleet: Fleet;
}

/** The interface with the planned address. */
export const interfaceOf = ({ facts, address }: Member) => facts.addresses.find((one) => one.address === address);

export function mtuOf(member: Member): number | null {
  const name = interfaceOf(member)?.interface;
  // Absent from facts stored by earlier releases.
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

export const identifierOf: Record<Identifier, (member: Member) => string | null> = {
  machineId: ({ facts }) => facts.machineId,
  productUuid: productUuidOf,
  mac: (member) => interfaceOf(member)?.mac || null,
};

export function fleetOf(members: readonly Member[]): Fleet {
  const skews = members.flatMap(({ clockSkewMs }) => clockSkewMs ?? []).sort((a, b) => a - b);
  const mtus = [...holders(members, (one) => [mtuOf(one)?.toString() ?? null])].sort(
    (a, b) => b[1].length - a[1].length,
  );
  return {
    machineIds: claims(members, 'machineId'),
    productUuids: claims(members, 'productUuid'),
    macs: claims(members, 'mac'),
    planned: new Map(members.map(({ name, address }) => [address, name])),
    addresses: holders(members, ({ facts }) => facts.addresses.map(({ address }) => address)),
    usualMtu: mtus[0] === undefined ? null : Number(mtus[0][0]),
    usualSkewMs: skews[Math.floor(skews.length / 2)] ?? null,
    listening: new Set(members.flatMap(({ name, facts }) => facts.ports.map(({ port }) => `${name}:${port}`))),
  };
}

function claims(members: readonly Member[], kind: Identifier): Map<string, string[]> {
  const inOrder = members.toSorted((a, b) => a.claimed[kind] - b.claimed[kind]);
  return holders(inOrder, (one) => [identifierOf[kind](one)]);
}

function holders(
  members: readonly Member[],
  valuesOf: (member: Member) => readonly (string | null)[],
): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const member of members) {
    for (const value of new Set(valuesOf(member))) {
      if (value !== null) found.set(value, [...(found.get(value) ?? []), member.name]);
    }
  }
  return found;
}
