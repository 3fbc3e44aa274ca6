import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { CoordinatorState } from '../../shared/protocol/coordinator-state.ts';
import { silentAfterMs } from '../../shared/status/silence.ts';
import type { Store } from '../store/store.ts';

interface Source {
  store: Store;
  plan: Plan;
  /** URL of the active one; '': there is one coordinator, or none is known to act. */
  active: string;
  /** A host's last contact, in milliseconds since the epoch. */
  lastContact: (host: string, stored: number) => number;
  now: Date;
}

/** The coordinators of several control planes, in the plan's order; empty: there is one coordinator. */
export function coordinatorsView({ store, plan, active, lastContact, now }: Source): CoordinatorState[] {
  const planes = controlPlanesOf(plan);
  if (planes.length < 2) return [];
  const stateOf = ({ name, address }: PlannedHost): CoordinatorState['state'] => {
    if (active === `https://${address}:${plan.coordinator.port}`) return 'active';
    const row = store.hosts.get(name);
    const silence = row === undefined ? 0 : now.getTime() - lastContact(name, row.lastContactAt);
    if (silence > silentAfterMs) return 'silent';
    const access = store.observations.get(name, 'steps')?.value?.find(({ id }) => id === 'coordinator-access');
    return access?.state === 'done' ? 'standby' : 'installing';
  };
  return planes.map((host) => ({ host: host.name, state: stateOf(host) }));
}
