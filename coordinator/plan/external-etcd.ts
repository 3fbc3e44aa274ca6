import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';

/** Whether the control planes use an etcd that the site runs, as they report it: the plan may name another one. */
export const usesExternalEtcd = ({ observations }: Pick<Store, 'observations'>, plan: Pick<Plan, 'hosts'>): boolean =>
  controlPlanesOf(plan).some(({ name }) => (observations.get(name, 'facts')?.value?.externalEtcd ?? null) !== null);
