import type { Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';

/** Stores the hosts' entries in the plan, in case a later plan drops them. */
export function rememberHosts(store: Store, { hosts }: Plan): void {
  store.transaction(() => {
    for (const host of hosts) store.rememberedHosts.remember(host);
  });
}

/**
 * Enrolled hosts that the plan has dropped, with their last entry. Nothing changes on them until the operator decides.
 */
export function departedHosts(store: Pick<Store, 'rememberedHosts'>, { hosts }: Plan): PlannedHost[] {
  const planned = new Set(hosts.map(({ name }) => name));
  return store.rememberedHosts.enrolled().filter(({ name }) => !planned.has(name));
}
