import type { Plan, PlannedHost } from './schema.ts';

interface Lookup {
  byName: ReadonlyMap<string, PlannedHost>;
  byAddress: ReadonlyMap<string, PlannedHost>;
  controlPlanes: readonly PlannedHost[];
}

/** Plans are never modified, so each is indexed once. */
const known = new WeakMap<Pick<Plan, 'hosts'>, Lookup>();

function lookup(plan: Pick<Plan, 'hosts'>): Lookup {
  const before = known.get(plan);
  if (before !== undefined) return before;
  const { hosts } = plan;
  const made: Lookup = {
    byName: new Map(hosts.map((host) => [host.name, host])),
    byAddress: new Map(hosts.map((host) => [host.address, host])),
    controlPlanes: hosts.filter(({ role }) => role === 'control-plane'),
  };
  known.set(plan, made);
  return made;
}

/** The plan's entry of that name; undefined: none. */
export const hostNamed = (plan: Pick<Plan, 'hosts'>, name: string) => lookup(plan).byName.get(name);

/** The plan's entry with that address; undefined: none. */
export const hostAt = (plan: Pick<Plan, 'hosts'>, address: string) => lookup(plan).byAddress.get(address);

/** The control planes in the plan's order. */
export const controlPlanesOf = (plan: Pick<Plan, 'hosts'>) => lookup(plan).controlPlanes;
