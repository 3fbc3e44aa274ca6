import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
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

/** Whether the coordinator on this control plane could take over, by what its host reports. */
export function standbyState(
  { store, lastContact, now }: Pick<Source, 'store' | 'lastContact' | 'now'>,
  host: string,
): Exclude<CoordinatorState['state'], 'active'> {
  const row = store.hosts.get(host);
  const silence = row === undefined ? 0 : now.getTime() - lastContact(host, row.lastContactAt);
  if (silence > silentAfterMs) return 'silent';
  const access = store.observations.get(host, 'steps')?.value?.find(({ id }) => id === 'coordinator-access');
  return access?.state === 'done' ? 'standby' : 'installing';
}

/** The coordinators of several control planes, in the plan's order; empty: there is one coordinator. */
export function coordinatorsView({ store, plan, active, lastContact, now }: Source): CoordinatorState[] {
  const planes = controlPlanesOf(plan);
  if (planes.length < 2) return [];
  return planes.map(({ name, address }) => {
    const url = `https://${address}:${plan.coordinator.port}`;
    const state = active === url ? 'active' : standbyState({ store, lastContact, now }, name);
    return { host: name, url, state };
  });
}
