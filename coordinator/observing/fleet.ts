import type { Plan } from '../../shared/plan/schema.ts';
import { blocks } from '../../shared/preflight/examine.ts';
import { fleetPreflight } from '../../shared/preflight/fleet/checks.ts';
import { type Fleet, fleetOf, type Member } from '../../shared/preflight/fleet/known.ts';
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
 * Compares the hosts with each other. Every poll asks, so their facts are cached: read from the store once, then
 * updated by each report.
 */
export function createFleet({ store, plan }: { store: Store; plan: () => Plan }): FleetView {
  const facts = new Map([...store.observations.ofKind('facts')].map(([name, { value }]) => [name, value]));
  let fleet: { plan: Plan; members: Map<string, Member>; index: Fleet } | null = null;

  function current() {
    if (fleet?.plan === plan()) return fleet;
    const rows = new Map(store.hosts.all().map((row) => [row.name, row]));
    const members = plan().hosts.flatMap(({ name, address }): Member[] => {
      const seen = facts.get(name);
      const row = rows.get(name);
      return seen === undefined || row === undefined
        ? []
        : [{ name, address, facts: seen, clockSkewMs: row.clockSkewMs }];
    });
    fleet = { plan: plan(), members: new Map(members.map((one) => [one.name, one])), index: fleetOf(members) };
    return fleet;
  }

  function findings(host: string): Finding[] {
    const { members, index } = current();
    const member = members.get(host);
    return member === undefined ? [] : fleetPreflight({ member, fleet: index });
  }

  return {
    findings,
    obstacle(host) {
      if (store.hosts.get(host)?.readyAt != null) return null;
      return findings(host).find(blocks) ?? null;
    },
    saw(host, seen) {
      facts.set(host, seen);
      fleet = null;
    },
  };
}
