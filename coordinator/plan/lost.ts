import type { Plan } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';
import { holders } from './founder.ts';

/** Whether every control plane that held the cluster reports that it no longer does. */
export function isLost({ cluster, observations }: Pick<Store, 'cluster' | 'observations'>, plan: Plan): boolean {
  const held = holders({ cluster }, plan);
  const isGone = (host: string) => {
    const created = observations.get(host, 'facts')?.value?.createdCluster;
    return created === 'lost' || created === 'none';
  };
  return held.length > 0 && held.every(isGone);
}
