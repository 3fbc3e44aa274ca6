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

/**
 * Enrolled hosts that the plan has dropped, with their last entry. Nothing changes on them until the operator decides.
 */
export function departedHosts(store: Pick<Store, 'rememberedHosts' | 'cluster'>, { hosts }: Plan): PlannedHost[] {
  const planned = new Set(hosts.map(({ name }) => name));
  const roles = store.cluster.roles();
  return store.rememberedHosts
    .enrolled()
    .filter(({ name }) => !planned.has(name))
    .map((host) => ({ ...host, role: roleIn(roles, host.name, host.role) }));
}
