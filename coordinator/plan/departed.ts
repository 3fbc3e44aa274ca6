import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';
import { noteRoles, roleIn } from './roles.ts';

/** Stores the hosts' entries in the plan, in case a later plan drops them or changes their role. */
export function rememberHosts(store: Store, planned: Plan): void {
  store.transaction(() => {
    noteRoles(store, planned, store.rememberedHosts.enrolled());
    for (const host of planned.hosts) store.rememberedHosts.remember(host);
  });
}

const plannedIn = new WeakMap<Plan, (name: string) => boolean>();

/** The same function for the same plan. */
function isPlannedIn(plan: Plan): (name: string) => boolean {
  const isPlanned = plannedIn.get(plan) ?? ((name) => hostNamed(plan, name) !== undefined);
  plannedIn.set(plan, isPlanned);
  return isPlanned;
}

/** Their last entries; the same array while nothing changes. */
export const departedEntries = (store: Pick<Store, 'rememberedHosts'>, plan: Plan): readonly PlannedHost[] =>
  store.rememberedHosts.departed(isPlannedIn(plan));

/**
 * Enrolled hosts that the plan has dropped, with their last entry. Nothing changes on them until the operator decides.
 */
export function departedHosts(store: Pick<Store, 'rememberedHosts' | 'cluster'>, plan: Plan): readonly PlannedHost[] {
  const entries = departedEntries(store, plan);
  if (entries.length === 0) return entries;
  const roles = store.cluster.roles();
  return entries.map((host) => ({ ...host, role: roleIn(roles, host.name, host.role) }));
}
