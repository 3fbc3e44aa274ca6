import type { Plan } from '../../shared/plan/schema.ts';
import { blocks } from '../../shared/preflight/examine.ts';
import { fleetPreflight } from '../../shared/preflight/fleet/checks.ts';
import { createFleetIndex } from '../../shared/preflight/fleet/fleet-index.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Finding } from '../../shared/protocol/finding.ts';
import type { Store } from '../store/store.ts';

export interface FleetView {
  /** Findings from comparing the host with the others; empty before its first report. */
  findings(host: string): Finding[];
  /** Why the host must not be changed: it cannot be told from another one. null: it may be, or it is a node already. */
  obstacle(host: string): Finding | null;
  /** Records a host's new facts. */
  saw(host: string, facts: Facts): void;
}

/**
 * Compares the hosts with each other. Every poll asks, so their facts are indexed: read from the store once, in the
 * order in which hosts were enrolled, then updated by each report.
 */
export function createFleet({ store, plan }: { store: Store; plan: () => Plan }): FleetView {
  const facts = new Map([...store.observations.ofKind('facts')].map(([name, { value }]) => [name, value]));
  const index = createFleetIndex();
  const planned = createPlanned(plan);

  function put(name: string): void {
    const [seen, address, row] = [facts.get(name), planned.addressOf(name), store.hosts.get(name)];
    if (seen === undefined || address === undefined || row === undefined) index.remove(name);
    else index.put({ name, address, facts: seen, clockSkewMs: row.clockSkewMs });
  }

  /** Follows a changed plan. */
  function current() {
    if (!planned.isStale()) return index;
    planned.read();
    const known = index.names();
    const added = store.hosts.all().toSorted((a, b) => a.enrolledAt - b.enrolledAt);
    for (const name of new Set([...known, ...added.map((row) => row.name)])) put(name);
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
      facts.set(host, seen);
      current();
      put(host);
    },
  };
}

/** The planned addresses, indexed once per plan. */
function createPlanned(plan: () => Plan) {
  let last: Plan | null = null;
  let addresses = new Map<string, string>();
  return {
    isStale: () => last !== plan(),
    read(): void {
      last = plan();
      addresses = new Map(last.hosts.map(({ name, address }) => [name, address]));
    },
    addressOf: (name: string) => addresses.get(name),
  };
}
