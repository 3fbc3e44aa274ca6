import type { Plan } from '../shared/plan/schema.ts';
import type { StepId } from '../shared/steps/catalogue.ts';
import type { Store } from './store/store.ts';

/** The last step of those that load the line, the mirror and the disks that hosts often share. */
const lastHeavyStep: StepId = 'images';
/** Workers have at least this much time to spare: init and a new controller-manager take longer. */
const longestMs = 20_000;

/** The host that installs first, and until when the others leave it alone at the most, in milliseconds since the epoch. */
export interface Precedence {
  host: string;
  until: number;
}

/**
 * Everybody waits for the host that creates the cluster, so it gets its packages first. null: the cluster is there, that host has what it
 * needs or has had its time, or it has not come yet and nobody waits for it.
 */
export function precedence(
  store: Pick<Store, 'cluster' | 'hosts' | 'observations'>,
  plan: Plan,
  now: number,
): Precedence | null {
  const founder = plan.hosts.find(({ role }) => role === 'control-plane')?.name;
  if (founder === undefined || store.cluster.get() !== null) return null;
  const row = store.hosts.get(founder);
  if (row === undefined) return null;
  const until = row.enrolledAt + longestMs;
  const steps = store.observations.get(founder, 'steps')?.value ?? [];
  const installed = steps.some(({ id, state }) => id === lastHeavyStep && state === 'done');
  return installed || now >= until ? null : { host: founder, until };
}
