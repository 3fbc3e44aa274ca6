import type { Plan } from '../../shared/plan/schema.ts';
import { blocks } from '../../shared/preflight/examine.ts';
import { fleetPreflight } from '../../shared/preflight/fleet/checks.ts';
import { createFleetIndex } from '../../shared/preflight/fleet/fleet-index.ts';
import { type ComparedFacts, comparedFacts } from '../../shared/preflight/fleet/known.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import { inSlices } from '../store/sliced.ts';
import type { Store } from '../store/store.ts';

export interface FleetView {
  /** Findings from comparing the host with the others; empty before its first report. */
  findings(host: string): Finding[];
  /** Why the host must not be changed: it cannot be told from another one. null: it may be, or it is a node already. */
  obstacle(host: string): Finding | null;
  /** Records a host's new facts. */
  saw(host: string, facts: Facts): void;
  /** Reads the facts of all hosts. Call once, before the first request. */
  load(): Promise<void>;
}

/**
 * Compares the hosts with each other. Every poll asks, so their facts are indexed: read from the store once, in the
 * order in which hosts were enrolled, then updated by each report.
 */
export function createFleet({ store, plan }: { store: Store; plan: () => Plan }): FleetView {
  const index = createFleetIndex();
  const planned = createPlanned(plan);

  function put(name: string, seen: ComparedFacts | undefined): void {
    const [address, row] = [planned.addressOf(name), store.hosts.get(name)];
    if (seen === undefined || address === undefined || row === undefined) index.remove(name);
    else index.put({ name, address, facts: seen, clockSkewMs: row.clockSkewMs });
  }

  function stored(name: string): ComparedFacts | undefined {
    const seen = store.observations.get(name, 'facts')?.value;
    return seen && comparedFacts(seen);
  }

  /** Reads the hosts whose planned address is new, and drops those that are gone; yields between hosts. */
  function* follow(): Generator<void> {
    const changed = planned.read();
    const enrolled = store.hosts.all().toSorted((a, b) => a.enrolledAt - b.enrolledAt);
    const isEnrolled = new Set(enrolled.map(({ name }) => name));
    for (const name of index.names()) if (!isEnrolled.has(name)) index.remove(name);
    for (const { name } of enrolled) {
      if (changed.has(name)) put(name, index.member(name)?.facts ?? stored(name));
      yield;
    }
  }

  /** Follows a changed plan. */
  function current() {
    if (planned.isStale()) for (const _ of follow());
    return index;
  }

  function findings(host: string): Finding[] {
    const { fleet, member: memberOf } = current();
    const member = memberOf(host);
    if (member === undefined) return [];
    const clockSkewMs = store.hosts.get(host)?.clockSkewMs ?? null;
    return fleetPreflight({ member: { ...member, clockSkewMs }, fleet });
  }

  return {
    findings,
    obstacle(host) {
      if (store.hosts.get(host)?.readyAt != null) return null;
      return findings(host).find(blocks) ?? null;
    },
    saw(host, seen) {
      current();
      put(host, comparedFacts(seen));
    },
    load: () => inSlices(follow()),
  };
}

/** The planned addresses, indexed once per plan. */
function createPlanned(plan: () => Plan) {
  let last: Plan | null = null;
  let addresses = new Map<string, string>();
  return {
    isStale: () => last !== plan(),
    /** Returns the hosts whose address is another one than before, or that are new or gone. */
    read(): Set<string> {
      const before = addresses;
      last = plan();
      addresses = new Map(last.hosts.map(({ name, address }) => [name, address]));
      const names = new Set([...before.keys(), ...addresses.keys()]);
      for (const name of names) if (before.get(name) === addresses.get(name)) names.delete(name);
      return names;
    },
    addressOf: (name: string) => addresses.get(name),
  };
}
