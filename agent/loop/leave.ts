import { MusterError, messageOf, textOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { DutyEnd } from '../../shared/protocol/duty.ts';
import type { Leave } from '../../shared/protocol/operation.ts';
import { catalogue } from '../../shared/steps/catalogue.ts';
import type { Host } from '../host/host.ts';
import type { Client } from '../link/client.ts';
import type { Retrier } from '../link/retry.ts';
import { output } from '../machine/program.ts';
import type { AgentPaths } from '../paths.ts';
import type { StepContext } from '../steps/step.ts';
import { continuesWithout } from '../uninstall/continues-without.ts';
import { leaveCluster } from '../uninstall/leave.ts';
import { putBack } from '../uninstall/put-back.ts';
import type { Journal } from './journal.ts';

interface Means {
  host: Host;
  paths: AgentPaths;
  journal: Pick<Journal, 'owns'>;
  client: Pick<Client, 'dutyResult'>;
  untilDone: Retrier;
  log: Logger;
  /** Fires when the agent is stopped. */
  stopping: AbortSignal;
}

/** Nothing is removed while one of their programs runs. */
const longSteps = catalogue.filter(({ long }) => long);

/**
 * Takes this host out of the cluster at the coordinator's request: reset, then, if asked for, muster's changes are
 * reverted and the agent's own files removed. Safe to repeat after a crash. Kubernetes state that muster did not create is not removed.
 *
 * Invariant: the agent is uninstalled only after the coordinator has acknowledged its departure; from then on the
 * coordinator refuses this host. The intent is written to disk first, so that an agent that dies in between resumes
 * there.
 */
export function createLeave({ host, paths, journal, client, untilDone, log, stopping }: Means) {
  async function takeAway(leave: Leave, context: StepContext): Promise<void> {
    for (const { id } of longSteps) {
      if ((await host.unitState(id)) !== 'running') continue;
      throw new MusterError('still-at-work', { step: id });
    }
    const { giveUpCluster } = leave;
    const isRemoved = () => continuesWithout(context);
    if (journal.owns()) await leaveCluster(host, { giveUpCluster, isRemoved, say: context.say });
    if (leave.what === 'uninstall') await revert(giveUpCluster, context);
  }

  /** Before the departure is reported, so that a host that has left is as it was before muster. */
  async function revert(giveUpCluster: boolean, { say }: StepContext): Promise<void> {
    const { failed } = await putBack({ host, paths, say, purge: false, giveUpCluster });
    if (failed.length > 0) throw new MusterError('not-all-back', { count: failed.length });
  }

  /** Ends with the agent only: the acknowledgement itself changes the target, and with it the signal of the round. */
  async function goodbye(id: string): Promise<void> {
    const answer = await tell(id, { outcome: 'done' }, stopping);
    if (answer === 'unwanted') {
      log.info('uninstallation cancelled');
      return host.removeFile(paths.leaving);
    }
    log.info('host retired; removing the agent’s own files');
    await uninstall(host);
  }

  const tell = (id: string, result: DutyEnd, signal: AbortSignal) =>
    untilDone('report the removal', () => send(client, id, result, signal), signal);

  return {
    /** Resumes a departure that an earlier agent had begun; otherwise does nothing. */
    async goOn(): Promise<void> {
      const id = (await host.readFile(paths.leaving))?.trim();
      if (id !== undefined) await goodbye(id);
    },
    /** Performs `leave` and reports the result to the coordinator. */
    async perform(leave: Leave, context: StepContext): Promise<void> {
      const { signal } = context;
      let result: DutyEnd = { outcome: 'done' };
      try {
        log.info('removing this host from the cluster', { what: leave.what });
        await takeAway(leave, context);
      } catch (error) {
        signal.throwIfAborted();
        result = { outcome: 'failed', message: textOf(error) };
        log.warn(messageOf(error));
      }
      signal.throwIfAborted();
      if (leave.what === 'uninstall' && result.outcome === 'done') {
        await host.writeFile(paths.leaving, `${leave.id}\n`, { mode: 0o600 });
        return goodbye(leave.id);
      }
      await tell(leave.id, result, signal);
    },
  };
}

/** `unwanted`: the coordinator no longer asks for it. */
async function send(
  client: Means['client'],
  id: string,
  result: DutyEnd,
  signal: AbortSignal,
): Promise<'heard' | 'unwanted'> {
  try {
    await client.dutyResult(id, result, signal);
    return 'heard';
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    // A refusal as retired is the acknowledgement of an earlier attempt.
    if (error.code === 'host-retired') return 'heard';
    if (error.code === 'duty-unknown') return 'unwanted';
    throw error;
  }
}

/**
 * The unit's name lacks the `muster-` prefix, because the script waits for those units to end. systemd restarts it on
 * failure, as nobody would notice; each run resumes where the last one stopped.
 */
async function uninstall(host: Host): Promise<void> {
  const unit = [
    '--quiet',
    '--collect',
    '--unit=uninstall-muster-agent',
    '--description=Takes the muster agent off this host',
    '--property=Restart=on-failure',
    '--property=RestartSec=30',
  ];
  const flags = ['--yes', '--restore', '--departed'];
  await output(host, 'systemd-run', [...unit, '--', '/opt/muster/agent/uninstall.sh', ...flags]);
}
