import type { Logger } from '../../shared/logger.ts';
import type { Assignment, Target } from '../../shared/protocol/assignment.ts';
import { safekeepingRoutes } from '../../shared/protocol/safekeeping.ts';
import { createBackupCopies } from '../backup/copies.ts';
import { type ClusterBackupTask, createClusterBackups } from '../backup/keeper.ts';
import { performDuty } from '../duties/index.ts';
import { openKnownHosts } from '../duties/known-hosts.ts';
import { createDutyWorker } from '../duties/worker.ts';
import { defragment } from '../etcd/defragment.ts';
import type { Host } from '../host/host.ts';
import { newestWanted } from '../loop/newest.ts';
import { oneAtATime } from '../loop/once.ts';
import { scheduleClusterBackups, scheduleQuietHour } from '../loop/schedule.ts';
import type { AgentPaths } from '../paths.ts';
import { createCollector } from '../support/collector.ts';
import { mayRemoveCoordinator, removeCoordinator } from '../uninstall/coordinator.ts';
import { createUpdater } from '../update/updater.ts';
import type { Link } from './link.ts';
import type { News } from './news.ts';

interface Parts {
  paths: AgentPaths;
  host: Host;
  log: Logger;
  link: Link;
  news: News;
  signal: AbortSignal;
}

/**
 * Handles what a target asks for besides the loop's work: duties, support bundle, credential rotation, backup copy,
 * update.
 */
export async function createRequests({ paths, host, log, link, news, signal }: Parts) {
  const { client, untilDone, session, reporter } = link;
  const updater = createUpdater({ paths, host, client, log, tell: (update) => reporter.tell({ update }) });
  const keepCopy = createBackupCopies({ paths, client, log });
  const collector = createCollector({ host, client, untilDone, log, signal });
  const known = await openKnownHosts(paths.knownHosts);
  let assignment: Assignment | null = null;
  const duties = createDutyWorker({
    host,
    client,
    untilDone,
    log,
    perform: (duty, stop, tell) => performDuty(host, duty, { signal: stop, assignment, isKnown: known.has, log, tell }),
    onDone: () => void news.emit('changed'),
  });

  /** Retries until success or until it is no longer wanted, one run at a time. */
  const whileWanted = <T>(what: string, work: (wanted: T, stop: AbortSignal) => Promise<void>) =>
    newestWanted(what, (wanted: T, stop) => untilDone(what, () => work(wanted, stop), stop), { log, signal });
  // Not aborted: an accepted credential is no longer asked for before its answer has arrived.
  const rotate = oneAtATime<void>(
    'replace this host’s credential',
    () => untilDone('replace this host’s credential', () => session.rotate(client, signal), signal),
    { log, signal },
  );
  const keep = whileWanted<NonNullable<Target['backup']>>('store a copy of the coordinator’s backup', keepCopy);
  const keepOfCluster = whileWanted<NonNullable<Target['clusterCopy']>>(
    'store a copy of the cluster’s backup',
    keepCopy,
  );
  const dropCoordinator = whileWanted<true>('remove the coordinator', () => removeCoordinator(host, log));
  const update = whileWanted('update', updater.update);

  const backups = createClusterBackups({
    host,
    log,
    folder: paths.clusterBackups,
    upload: (name, content) => client.upload(`${safekeepingRoutes.clusterCopies}/${name}`, content, signal),
    onChange: () => void news.emit('stale'),
  });
  const schedules = [
    scheduleClusterBackups(backups.look),
    scheduleQuietHour(async () => {
      await backups.verify();
      await defragment({ host, log });
    }),
  ];

  await updater.begin();
  return {
    onTarget(target: Target): void {
      assignment = target.assignment;
      if (target.rotateCredential === true) rotate();
      keep(target.backup);
      keepOfCluster(target.clusterCopy);
      dropCoordinator(mayRemoveCoordinator(target) ? true : undefined);
      update(target.update?.version);
      if (target.assignment?.host.role === 'control-plane') {
        known.note(target.assignment.settings.hosts.map(({ name }) => name));
      }
      backups.want(clusterBackupOf(target));
      duties.want(target.duties);
      collector.want(target.collect ?? null);
    },
    /** Confirms an agent on trial, once the coordinator has stored a report. */
    onAcknowledged: oneAtATime<void>('confirm the update', updater.confirm, { log, signal }),
    stop(): void {
      duties.stop();
      for (const schedule of schedules) schedule.stop();
    },
  };
}

/** What a target says about backups of the cluster; null: nothing, or this host is no control plane. */
function clusterBackupOf({ assignment, clusterBackup }: Target): ClusterBackupTask | null {
  if (clusterBackup === undefined || assignment?.host.role !== 'control-plane') return null;
  return { ...clusterBackup, name: assignment.host.name, runtime: assignment.settings.runtime.name };
}
