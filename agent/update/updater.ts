import { MusterError, messageOf, textOf } from '../../shared/errors/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Update } from '../../shared/protocol/release.ts';
import { verbatim } from '../../shared/text/local-text.ts';
import { version as ownVersion } from '../../shared/version.ts';
import type { Host } from '../host/host.ts';
import type { Client } from '../link/client.ts';
import { isTemporary } from '../link/retry.ts';
import type { AgentPaths } from '../paths.ts';
import { createInstall } from './install.ts';
import { createPrograms } from './programs.ts';
import { trialFiles } from './trial.ts';

const guardTimer = 'muster-update-guard.timer';
const guardService = 'muster-update-guard.service';

interface Means {
  paths: AgentPaths;
  host: Host;
  client: Pick<Client, 'download'>;
  log: Logger;
  /** Tells the coordinator how the update stands. */
  tell(update: Update | null): void;
  /** This agent's version. */
  version?: string;
  arch?: string;
}

/**
 * Replaces the agent by a newer one. Invariants: nothing is in use before its signature was checked; what to go back to is on the disk before
 * a link is changed; the new agent stays only if it has reported: otherwise the guard, a systemd timer that neither a kill nor a power cut
 * takes away for good, puts the one before back.
 */
export function createUpdater({ paths, host, client, log, tell, version = ownVersion, arch = process.arch }: Means) {
  const files = trialFiles(paths);
  const programs = createPrograms({ paths, host, client });
  let onTrial = true;
  /** The version of an update that was taken back, as long as the coordinator has not heard of it: it goes on asking for it until then. */
  let untold: string | null = null;

  const install = createInstall({ paths, host, client, log, files, programs, version, arch });

  return {
    /** What an earlier update has left: to be called once, at the start. */
    async begin(): Promise<void> {
      const [trial, failure] = [await files.trial(), await files.failure()];
      onTrial = trial?.version === version;
      if (trial !== null && trial.version !== version) {
        // It was cut short before the new agent was in use.
        await files.endTrial();
        await host.run('systemctl', ['stop', guardTimer]);
      }
      // What this host said last of an update does not hold any more.
      if (failure === null) return onTrial ? tell(null) : undefined;
      if (failure.version === version) {
        await files.forgetFailure();
        return tell(null);
      }
      log.error('update rolled back', { to: failure.version, reason: failure.message });
      untold = failure.version;
      tell({ version: failure.version, state: 'failed', message: verbatim(failure.message) });
    },

    /** The coordinator has taken a report of this agent, with what `begin` has told: the agent stays. */
    async confirm(): Promise<void> {
      if (untold !== null) {
        // From here on the coordinator keeps it, and only an operator's word asks for that version again.
        await files.forgetFailure();
        untold = null;
      }
      if (!onTrial) return;
      onTrial = false;
      if (!(await stopGuard(host))) return;
      await files.endTrial();
      await programs.settle();
      await programs.tidy();
      log.info('update confirmed by a stored report', { version });
    },

    /** Goes to that version. What is refused is told and not tried again by itself; what can pass is thrown, to be tried again. */
    async update(wanted: string, signal: AbortSignal): Promise<void> {
      if (wanted === untold) return;
      tell({ version: wanted, state: 'updating', message: verbatim('') });
      try {
        await install(wanted, signal);
      } catch (error) {
        if (signal.aborted || (error instanceof MusterError && isTemporary(error))) throw error;
        log.error(`update to ${wanted} failed: ${messageOf(error)}`);
        tell({ version: wanted, state: 'failed', ...toldOf(error) });
      }
    },
  };
}

/** The error and its remedy in one sentence. */
function toldOf(error: unknown): Pick<Update, 'message' | 'code'> {
  const { en, zh } = textOf(error);
  if (!(error instanceof MusterError)) return { message: { en, zh } };
  const { code, remedy } = error;
  if (remedy === undefined) return { message: { en, zh }, code };
  return { message: { en: `${en}; ${remedy.en}`, zh: `${zh}；${remedy.zh}` }, code };
}

/** false: too late, as the guard is already at work and ends this agent in a moment. */
async function stopGuard(host: Host): Promise<boolean> {
  await host.run('systemctl', ['stop', guardTimer]);
  const { stdout } = await host.run('systemctl', ['is-active', guardService]);
  return !/^(active|activating)/.test(stdout);
}
