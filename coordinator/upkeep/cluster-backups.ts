import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { ClusterBackupResult } from '../../shared/protocol/safekeeping.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';

export interface ClusterBackupsOptions {
  store: Store;
  plan: () => Plan;
  now: () => Date;
  news: News;
}

export type ClusterBackups = ReturnType<typeof createClusterBackups>;

/**
 * Has the control planes back up etcd and the PKI on their own disks: what is in such a backup never reaches this
 * coordinator in clear.
 */
export function createClusterBackups({ store, plan, now, news }: ClusterBackupsOptions) {
  let request: string | null = null;

  return {
    /** What a control plane does about backups, as part of its target. */
    targetFor(host: string): Pick<Target, 'clusterBackup'> {
      const { everyMs, keep } = plan().backup;
      const isControlPlane = controlPlanesOf(plan()).some(({ name }) => name === host);
      if (everyMs === null || !isControlPlane) return {};
      return { clusterBackup: { everyMs, keep, ...(request === null ? {} : { request }) } };
    },
    /** Has all control planes back up and verify now. Returns the request's id. */
    ask(): string {
      request = now().toISOString();
      for (const { name } of controlPlanesOf(plan())) news.emit('target', name);
      return request;
    },
    /** What the control planes have done about the newest request. */
    results(): ClusterBackupResult[] {
      return controlPlanesOf(plan()).map(({ name }) => {
        const facts = store.observations.get(name, 'facts')?.value?.clusterBackup ?? null;
        return { host: name, isDone: request !== null && facts?.request === request, facts };
      });
    },
  };
}
