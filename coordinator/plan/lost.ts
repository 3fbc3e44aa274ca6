import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Facts } from '../../shared/protocol/facts.ts';
import type { Store } from '../store/store.ts';
import { holders } from './founder.ts';

type Known = Pick<Store, 'cluster' | 'observations'>;

const reported = ({ observations }: Known, host: string): Facts['createdCluster'] | undefined =>
  observations.get(host, 'facts')?.value?.createdCluster;

/** The control planes that hold the cluster, or may have joined it without being known as members yet. */
export const mayHold = (store: Known, plan: Plan): string[] => [
  ...new Set([...holders(store, plan), ...controlPlanesOf(plan).map(({ name }) => name)]),
];

/** Those that report that they hold the cluster. */
export const holding = (store: Known, plan: Plan): string[] =>
  mayHold(store, plan).filter((host) => reported(store, host) === 'held');

/** Whether every control plane that held the cluster reports that it no longer does, and no other one holds it. */
export function isLost(store: Known, plan: Plan): boolean {
  const held = holders(store, plan);
  const isGone = (host: string) => ['lost', 'none'].includes(reported(store, host) ?? '');
  return held.length > 0 && held.every(isGone) && holding(store, plan).length === 0;
}
