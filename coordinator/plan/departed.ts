import type { Plan, PlannedHost } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';

/** Keeps how the plan describes its hosts, for the day on which it drops one. */
export function rememberHosts(store: Store, { hosts }: Plan): void {
  store.transaction(() => {
    for (const host of hosts) store.rememberedHosts.remember(host);
  });
}

/** Enrolled hosts that the plan has dropped, as it described them last. Nothing is done to them before the operator says so. */
export function departedHosts(store: Pick<Store, 'rememberedHosts'>, { hosts }: Plan): PlannedHost[] {
  const planned = new Set(hosts.map(({ name }) => name));
  return store.rememberedHosts.enrolled().filter(({ name }) => !planned.has(name));
}
