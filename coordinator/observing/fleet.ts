import type { Plan } from '../../shared/plan/schema.ts';
import { blocks } from '../../shared/preflight/examine.ts';
import { fleetPreflight } from '../../shared/preflight/fleet/checks.ts';
import { type Fleet, fleetOf, type Identifier, identifierOf, type Member } from '../../shared/preflight/fleet/known.ts';
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
  const claims = createClaims();
  let fleet: { plan: Plan; members: Map<string, Member>; index: Fleet } | null = null;

  function current() {
    if (fleet?.plan === plan()) return fleet;
    const rows = new Map(store.hosts.all().map((row) => [row.name, row]));
    const members = plan()
      .hosts.flatMap(({ name, address }) => {
        const [seen, row] = [facts.get(name), rows.get(name)];
        return seen === undefined || row === undefined ? [] : [{ name, address, facts: seen, row }];
      })
      .toSorted((a, b) => a.row.enrolledAt - b.row.enrolledAt)
      .map(({ row, ...one }) => claims.note({ ...one, clockSkewMs: row.clockSkewMs }));
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

/**
 * Remembers in which order hosts first reported their identifying values. After a restart, the order in which they were
 * enrolled.
 */
function createClaims() {
  const known = new Map<string, { value: string | null; since: number }>();
  let count = 0;

  function since(kind: Identifier, name: string, value: string | null): number {
    const key = `${kind} ${name}`;
    const before = known.get(key);
    if (before !== undefined && before.value === value) return before.since;
    count += 1;
    known.set(key, { value, since: count });
    return count;
  }

  return {
    note(seen: Omit<Member, 'claimed'>): Member {
      const member = { ...seen, claimed: unclaimed };
      const of = (kind: Identifier) => since(kind, member.name, identifierOf[kind](member));
      return { ...member, claimed: { machineId: of('machineId'), productUuid: of('productUuid'), mac: of('mac') } };
    },
  };
}

const unclaimed: Member['claimed'] = { machineId: 0, productUuid: 0, mac: 0 };
