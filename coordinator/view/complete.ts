import type { Plan } from '../../shared/plan/schema.ts';
import { founder, stepIdsOf } from '../plan/founder.ts';
import type { Store } from '../store/store.ts';

/** Whether the host's node is Ready and every step of its role is done. */
export function isComplete(store: Pick<Store, 'observations' | 'cluster'>, plan: Plan, host: string): boolean {
  const { observations } = store;
  if (!observations.get(host, 'node')?.value?.ready) return false;
  const steps = observations.get(host, 'steps')?.value ?? [];
  const done = new Set(steps.filter(({ state }) => state === 'done').map(({ id }) => id));
  const own = stepIdsOf(plan, host, founder(store, plan));
  return own.length > 0 && own.every((id) => done.has(id));
}
