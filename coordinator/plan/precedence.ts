import type { Plan } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';
import { founder } from './founder.ts';

/**
 * How long the first control plane installs alone, by runtime, in ms: until about the time at which its API server answers.
 * Delays no worker: a new controller-manager takes 15 s before nodes can join.
 */
const longestMs = { docker: 20_500, containerd: 30_000 };

/** The host that installs first, and until when the others wait, in milliseconds since the epoch. */
export interface Precedence {
  host: string;
  until: number;
}

/**
 * All hosts wait for the one that creates the cluster, so it gets the link, the mirror and the often shared processors
 * to itself. null: the cluster exists, the host's time is over, or it has not enrolled yet.
 */
export function precedence(store: Pick<Store, 'cluster' | 'hosts'>, plan: Plan, now: number): Precedence | null {
  if (store.cluster.get() !== null) return null;
  const host = founder(store, plan);
  const row = host === null ? undefined : store.hosts.get(host);
  if (host === null || row === undefined) return null;
  const until = row.enrolledAt + longestMs[plan.settings.runtime.name];
  return now >= until ? null : { host, until };
}
