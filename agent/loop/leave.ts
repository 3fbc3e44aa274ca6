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
import { leaveCluster } from '../uninstall/leave.ts';
import type { Journal } from './journal.ts';

interface Means {
  host: Host;
  paths: Pick<AgentPaths, 'leaving'>;
  journal: Pick<Journal, 'owns'>;
  client: Pick<Client, 'dutyResult'>;
  untilDone: Retrier;
  log: Logger;
}

/** Nothing is removed before their programs have ended. */
const longSteps = catalogue.filter(({ long }) => long);

/**
 * Takes this host out of the cluster, as the coordinator asks: reset, and after it the agent's own end. May be asked for again after any
 * crash. What muster did not make on this host is not taken away.
 *
 * Invariant: the agent is uninstalled only after the coordinator has acknowledged that it goes; from then on this host is refused. That it
 * was about to say so stands on the disk first, so that an agent that dies between the two goes on there.
 */
export function createLeave({ host, paths, journal, client, untilDone, log }: Means) {
  async function takeAway(leave: Leave, context: StepContext): Promise<void> {
    for (const { id } of longSteps) {
      if ((await host.unitState(id)) !== 'running') continue;
      throw new MusterError('still-at-work', { step: id });
    }
    if (!journal.owns()) return;
    await leaveCluster(host, { giveUpCluster: leave.giveUpCluster, say: context.say });
  }

  async function goodbye(id: string, signal: AbortSignal): Promise<void> {
    const answer = await tell(id, { outcome: 'done' }, signal);
    if (answer === 'unwanted') {
      log.info('uninstallation cancelled');
      return host.removeFile(paths.leaving);
    }
    log.info('host retired; uninstalling the agent');
    await uninstall(host);
  }

  const tell = (id: string, result: DutyEnd, signal: AbortSignal) =>
    untilDone('report the removal', () => send(client, id, result, signal), signal);

  return {
    /** Goes on where an earlier agent died after it had begun to say goodbye; does nothing where none did. */
    async goOn(signal: AbortSignal): Promise<void> {
      const id = (await host.readFile(paths.leaving))?.trim();
      if (id !== undefined) await goodbye(id, signal);
    },
    /** Does what `leave` asks and tells the coordinator what came of it. */
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
        return goodbye(leave.id, signal);
      }
      await tell(leave.id, result, signal);
    },
  };
}

/** `unwanted`: the coordinator does not ask for it any more. */
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
    // That this host is refused already is the acknowledgement of an earlier try.
    if (error.code === 'host-retired') return 'heard';
    if (error.code === 'duty-unknown') return 'unwanted';
    throw error;
  }
}

/**
 * Not one of muster's own units by its name: the script waits for the end of those. Nobody hears of it any more if it fails, so that it is tried
 * again: each run goes on where the one before it has stopped.
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
  await output(host, 'systemd-run', [...unit, '--', '/opt/muster/agent/uninstall.sh', '--yes', '--restore']);
}
