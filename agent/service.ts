import { exitCode, MusterError, messageOf } from '../shared/errors/errors.ts';
import type { Logger } from '../shared/logger.ts';
import type { Target } from '../shared/protocol/assignment.ts';
import { version } from '../shared/version.ts';
import { createDiagnostician } from './diagnosis/diagnostician.ts';
import { signs } from './drift/signs.ts';
import { createDriftWatch } from './drift/watch.ts';
import { performDuty } from './duties/index.ts';
import { createDutyWorker } from './duties/worker.ts';
import { gather } from './facts/gather.ts';
import { identityFacts } from './facts/identity.ts';
import { createReach } from './facts/reach/reach.ts';
import { createHost } from './host/host-linux.ts';
import { clusterFacts } from './kube/cluster.ts';
import { nodeFacts } from './kube/node.ts';
import { createSparing } from './kube/sparing.ts';
import { createBackupCopies } from './link/backup-copies.ts';
import { createClient } from './link/client.ts';
import { readConfig, readCredential } from './link/config.ts';
import { pull } from './link/puller.ts';
import { createReporter } from './link/reporter.ts';
import { createRetrier } from './link/retry.ts';
import { openSession } from './link/session.ts';
import { openJournal } from './loop/journal.ts';
import { createLeave } from './loop/leave.ts';
import { createLoop } from './loop/loop.ts';
import { watchOverNode } from './loop/node-sentinel.ts';
import { oneAtATime } from './loop/once.ts';
import { scheduleDriftLooks, scheduleRechecks } from './loop/schedule.ts';
import { createStepContext } from './loop/step-context.ts';
import { createWatch } from './loop/watch.ts';
import type { AgentPaths } from './paths.ts';
import { steps } from './steps/index.ts';
import { createCollector } from './support/collector.ts';
import { createUpdater } from './update/updater.ts';

/** How long the coordinator is waited for when it has no join credential to give, in seconds. */
const joinWait = 25;

/** The agent's work, until the signal fires. Throws MusterError when this host is not enrolled. */
export async function serve(paths: AgentPaths, log: Logger, signal: AbortSignal): Promise<void> {
  const { url, ca } = await readConfig(paths);
  const credential = await readCredential(paths);
  if (credential === null)
    throw new MusterError('not-enrolled', 'This host is not enrolled.', {
      exit: exitCode.notPermitted,
      remedy: 'Paste the one-liner; on the coordinator: sudo muster token create HOST prints it',
    });

  const host = createHost(paths);
  const { bootId, machineId } = await identityFacts(host);
  const session = await openSession({ paths, credential, log });
  const client = createClient({ url, ca, bearer: session, machine: { bootId, machineId } });
  const untilDone = createRetrier({ sleep: host.sleep, log });
  const journal = await openJournal(host, paths.journal, log);
  const reporter = createReporter({
    client,
    host,
    untilDone,
    identity: { host: credential.host, bootId, agentVersion: version },
    onAcknowledged: () => confirm(undefined),
  });
  const reach = createReach(host);
  const diagnosis = createDiagnostician({ host, log, journal, reporter });
  const leave = createLeave({ host, paths, journal, client, untilDone, log });
  const updater = createUpdater({ paths, host, client, log, tell: (update) => reporter.tell({ update }) });
  const confirm = oneAtATime('keep this agent', updater.confirm, { log, signal });
  await updater.begin();
  let target: Target | null = null;

  const spare = createSparing();
  const watch = createWatch({
    host,
    reporter,
    readNode: async () => (target?.assignment ? nodeFacts(host, target.assignment.host.name, spare) : null),
    readCluster: async () => (target?.assignment?.host.role === 'control-plane' ? clusterFacts(host, spare) : null),
    isCalm: () => (loop.isDone() || target?.hold !== undefined) && target?.duties.length === 0,
    onLost: () => void lost(),
  });

  /** Looked at before the steps put it right, or nobody would learn what it was. */
  async function lost(): Promise<void> {
    if (target?.assignment) await diagnosis.lost(target.assignment).catch((error) => log.warn(messageOf(error)));
    loop.wake();
  }

  const drift = createDriftWatch({
    signs: () => signs(host, paths),
    onChange(names) {
      log.info('something has changed on this host: looking at everything again', { names });
      loop.wake();
    },
  });

  const loop = createLoop({
    host,
    log,
    journal,
    reporter,
    gather: (assignment) => gather(host, { assignment, reach }),
    steps,
    contextFor: (id, round) =>
      createStepContext(id, {
        ...round,
        host,
        say(step, line) {
          diagnosis.heard(step, line);
          reporter.say(step, line);
        },
        owned: journal.owns(),
        requestJoinCredential: (stop) =>
          untilDone('ask for a join credential', () => client.joinCredential(joinWait, stop), stop),
        node: watch.node,
      }),
    diagnosis,
    leave: leave.perform,
    onApplied: watch.poke,
    onRound: drift.mark,
  });

  const duties = createDutyWorker({
    host,
    client,
    untilDone,
    log,
    perform: (duty, stop, tell) => performDuty(host, duty, stop, log, tell),
    onDone: watch.poke,
  });

  const collecting = createCollector({ host, client, untilDone, log, signal });

  const rotate = oneAtATime(
    'replace this host’s credential',
    () => untilDone('replace this host’s credential', () => session.rotate(client, signal), signal),
    { log, signal },
  );
  const keepCopy = createBackupCopies({ paths, client, log });
  const keep = oneAtATime(
    'keep a copy of the coordinator’s backup',
    (wanted: NonNullable<Target['backup']>) =>
      untilDone('keep a copy of the coordinator’s backup', () => keepCopy(wanted, signal), signal),
    { log, signal },
  );
  const update = oneAtATime(
    'update',
    (wanted: string) => untilDone('update', () => updater.update(wanted, signal), signal),
    { log, signal },
  );
  const rechecks = scheduleRechecks(loop.wake);
  const driftLooks = scheduleDriftLooks(async () => {
    if (loop.isDone()) await drift.look();
  });
  await leave.goOn(signal);
  log.info('muster-agent works', { version, host: credential.host, coordinator: url });
  try {
    await Promise.all([
      loop.run(signal),
      watch.run(signal),
      watchOverNode({ host, address: () => target?.assignment?.host.address ?? null, onChange: loop.wake }, signal),
      reporter.run(signal),
      pull(
        {
          client,
          untilDone,
          onTarget(next) {
            target = next;
            if (next.rotateCredential === true) rotate(undefined);
            if (next.backup !== undefined) keep(next.backup);
            if (next.update !== undefined) update(next.update.version);
            duties.want(next.duties);
            collecting.want(next.collect ?? null);
            loop.onTarget(next);
            watch.poke();
          },
        },
        signal,
      ).catch((error) => {
        if (!signal.aborted) throw error;
      }),
    ]);
  } finally {
    duties.stop();
    driftLooks.stop();
    rechecks.stop();
    client.close();
  }
}
