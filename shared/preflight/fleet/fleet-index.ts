import { type Fleet, interfaceOf, type Member, mtuOf, productUuidOf } from './known.ts';
import { createListening } from './listening.ts';

/** The median is taken again once this part of the values has changed, so that one change costs the same in any fleet. */
const staleShare = 0.02;

/**
 * An index of hosts that takes changes one host at a time. A host that keeps a value keeps its place among the value's
 * holders, whose first is the one that reported it first.
 */
export function createFleetIndex() {
  const members = new Map<string, Member>();
  const machineIds = createHolders(({ facts }) => [facts.machineId]);
  const productUuids = createHolders((one) => [productUuidOf(one)]);
  const macs = createHolders((one) => [interfaceOf(one)?.mac || null]);
  const addresses = createHolders(({ facts }) => facts.addresses.map(({ address }) => address));
  const planned = createHolders(({ address }) => [address]);
  const mtus = createHolders((one) => [mtuOf(one)?.toString() ?? null]);
  const listening = createListening();
  const all = [machineIds, productUuids, macs, addresses, planned, mtus, listening];
  const skew = createMedian();

  function change(name: string, after: Member | undefined): void {
    const before = members.get(name);
    for (const one of all) one.change(name, before, after);
    skew.change(before?.clockSkewMs ?? null, after?.clockSkewMs ?? null);
    if (after === undefined) members.delete(name);
    else members.set(name, after);
  }

  const fleet: Fleet = {
    machineIds: machineIds.byValue,
    productUuids: productUuids.byValue,
    macs: macs.byValue,
    addresses: addresses.byValue,
    planned: { get: (address) => planned.byValue.get(address)?.[0] },
    listenedBefore: listening.listenedBefore,
    get usualMtu() {
      const [first, ...others] = mtus.byValue;
      if (first === undefined) return null;
      return Number(others.reduce((most, one) => (one[1].length > most[1].length ? one : most), first)[0]);
    },
    get usualSkewMs() {
      return skew.of(members);
    },
  };

  return {
    fleet,
    member: (name: string): Member | undefined => members.get(name),
    names: (): string[] => [...members.keys()],
    /** Adds a host, or replaces what is known of it. */
    put: (member: Member) => change(member.name, member),
    remove: (name: string) => change(name, undefined),
  };
}

/** Value -> the hosts that have it. */
function createHolders(valuesOf: (member: Member) => readonly (string | null)[]) {
  const byValue = new Map<string, string[]>();
  const of = (member: Member | undefined) => new Set(member === undefined ? [] : valuesOf(member));

  return {
    byValue,
    change(name: string, before: Member | undefined, after: Member | undefined): void {
      const [had, has] = [of(before), of(after)];
      for (const value of had) {
        if (value === null || has.has(value)) continue;
        const others = (byValue.get(value) ?? []).filter((other) => other !== name);
        if (others.length === 0) byValue.delete(value);
        else byValue.set(value, others);
      }
      for (const value of has) {
        if (value === null || had.has(value)) continue;
        const holders = byValue.get(value);
        if (holders === undefined) byValue.set(value, [name]);
        else holders.push(name);
      }
    },
  };
}

function createMedian() {
  let changed = Number.POSITIVE_INFINITY;
  let median: number | null = null;

  return {
    change(before: number | null, after: number | null): void {
      if (before !== after) changed += 1;
    },
    of(members: ReadonlyMap<string, Member>): number | null {
      if (changed > members.size * staleShare) {
        const sorted = [...members.values()].flatMap(({ clockSkewMs }) => clockSkewMs ?? []).sort((a, b) => a - b);
        median = sorted[Math.floor(sorted.length / 2)] ?? null;
        changed = 0;
      }
      return median;
    },
  };
}
