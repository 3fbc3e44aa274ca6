import { assign } from '../../shared/plan/assign.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { stepsOf } from '../../shared/steps/catalogue.ts';
import type { Store } from '../store/store.ts';

/** Whether the host's node is Ready and every step of its role is done. */
export function isComplete({ observations }: Pick<Store, 'observations'>, plan: Plan, host: string): boolean {
  if (!observations.get(host, 'node')?.value?.ready) return false;
  const bootstrap = assign(plan, host)?.bootstrap;
  const steps = observations.get(host, 'steps')?.value ?? [];
  const done = new Set(steps.filter(({ state }) => state === 'done').map(({ id }) => id));
  return bootstrap !== undefined && stepsOf(bootstrap).every(({ id }) => done.has(id));
}
