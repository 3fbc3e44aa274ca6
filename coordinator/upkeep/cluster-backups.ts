import { controlPlanesOf } from '../../shared/plan/lookup.ts';
import type { Plan } from '../../shared/plan/schema.ts';
import type { Target } from '../../shared/protocol/assignment.ts';
import type { ClusterBackupResult } from '../../shared/protocol/safekeeping.ts';
import type { News } from '../store/news.ts';
import type { Store } from '../store/store.ts';
import { createClusterCopies } from './cluster-copies.ts';

/** The time of the newest request; another coordinator that takes over answers it. */
const setting = 'cluster-backup-request';

export interface ClusterBackupsOptions {
  store: Store;
  /** The coordinator's state folder. */
  state: string;
  plan: () => Plan;
  now: () => Date;
  news: News;
  /** The operator's recovery key; null: none, or no host keeps copies. */
  recipient: () => string | null;
}

export type ClusterBackups = ReturnType<typeof createClusterBackups>;

/**
 * Has the control planes back up etcd and the PKI on their own disks: what is in such a backup never reaches this
 * coordinator in clear.
 */
export function createClusterBackups({ store, state, plan, now, news, recipient }: ClusterBackupsOptions) {
  const copies = createClusterCopies({ state, plan, news });
  // Until then no copy is offered.
  copies.open().catch(() => undefined);
  const request = () => store.settings.get(setting);

  return {
    copies,
    /** What a control plane does about backups, as part of its target. */
    targetFor(host: string): Pick<Target, 'clusterBackup' | 'clusterCopy'> {
      const { everyMs, keep } = plan().backup;
      const isControlPlane = controlPlanesOf(plan()).some(({ name }) => name === host);
      const copy = copies.targetFor(host);
      if (everyMs === null || !isControlPlane) return copy;
      const key = recipient();
      const asked = request();
      const wish = { everyMs, keep, ...(asked === null ? {} : { request: asked }) };
      return { ...copy, clusterBackup: key === null ? wish : { ...wish, recipient: key } };
    },
    /** Has all control planes back up and verify now. */
    ask(): void {
      store.transaction(() => store.settings.set(setting, now().toISOString()));
      for (const { name } of controlPlanesOf(plan())) news.emit('target', name);
    },
    /** What the control planes have done about the newest request. */
    results(): ClusterBackupResult[] {
      const asked = request();
      return controlPlanesOf(plan()).map(({ name }) => {
        const facts = store.observations.get(name, 'facts')?.value?.clusterBackup ?? null;
        return { host: name, isDone: asked !== null && facts?.request === asked, facts };
      });
    },
  };
}
