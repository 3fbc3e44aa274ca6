import { founderOf } from '../../shared/plan/assign.ts';
import { hostNamed } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import { type StepId, stepsOf } from '../../shared/steps/catalogue.ts';
import type { Store } from '../store/store.ts';

type Known = Pick<Store, 'cluster'>;

/** The control plane that creates the cluster or alone holds it; null: several hold it. */
export const founder = ({ cluster }: Known, plan: Pick<Plan, 'hosts'>): string | null =>
  founderOf(plan, { cluster: cluster.get(), members: cluster.members() });

/** The control planes whose reports say whether the cluster still exists: its members, else the one that creates it. */
export function holders(store: Known, plan: Pick<Plan, 'hosts'>): readonly string[] {
  const members = store.cluster.members();
  if (members.length > 0) return members;
  const first = founder(store, plan);
  return first === null ? [] : [first];
}

/** The steps of a planned host, in order; empty: the plan has no such host. */
export function stepIdsOf(plan: Pick<Plan, 'hosts'>, host: string, founds: string | null): StepId[] {
  const planned = hostNamed(plan, host);
  if (planned === undefined) return [];
  return stepsOf(founds === host ? 'init' : 'join', planned.role).map(({ id }) => id);
}
