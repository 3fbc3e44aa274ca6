import type { Plan } from '../../shared/plan/schema.ts';
import type { Store } from '../store/store.ts';

/**
 * Workers have at least this much time to spare: after init, a new controller-manager takes 15 s before it lets anybody join. docker takes longer
 * to install than containerd, which it brings with it.
 */
const longestMs = { docker: 25_000, containerd: 30_000 };

/** The host that installs first, and until when the others leave it alone at the most, in milliseconds since the epoch. */
export interface Precedence {
  host: string;
  until: number;
}

/**
 * Everybody waits for the host that creates the cluster, so it has the line, the mirror and the processors, which hosts often share, to itself.
 * null: the cluster is there, that host has had its time, or it has not come yet and nobody waits for it.
 */
export function precedence(store: Pick<Store, 'cluster' | 'hosts'>, plan: Plan, now: number): Precedence | null {
  const founder = plan.hosts.find(({ role }) => role === 'control-plane')?.name;
  if (founder === undefined || store.cluster.get() !== null) return null;
  const row = store.hosts.get(founder);
  if (row === undefined) return null;
  const until = row.enrolledAt + longestMs[plan.settings.runtime.name];
  return now >= until ? null : { host: founder, until };
}
