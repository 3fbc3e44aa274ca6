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

  /** Retries until success, one run at a time. */
  const repeatedly = <T>(what: string, work: (wanted: T) => Promise<void>) =>
    oneAtATime(what, (wanted: T) => untilDone(what, () => work(wanted), signal), { log, signal });
  const rotate = repeatedly('replace this host’s credential', () => session.rotate(client, signal));
  const keep = repeatedly('store a copy of the coordinator’s backup', (wanted: NonNullable<Target['backup']>) =>
    keepCopy(wanted, signal),
  );
  const dropCoordinator = repeatedly<void>('remove the coordinator', () => removeCoordinator(host, log));
  const keepOfCluster = repeatedly(
    'store a copy of the cluster’s backup',
    (wanted: NonNullable<Target['clusterCopy']>) => keepCopy(wanted, signal),
  );
  const update = repeatedly('update', (wanted: string) => updater.update(wanted, signal));

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
      if (target.rotateCredential === true) rotate(undefined);
      if (target.backup !== undefined) keep(target.backup);
      if (target.clusterCopy !== undefined) keepOfCluster(target.clusterCopy);
      if (mayRemoveCoordinator(target)) dropCoordinator();
      if (target.update !== undefined) update(target.update.version);
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
