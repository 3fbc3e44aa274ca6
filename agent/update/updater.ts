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
  /** Reports the state of the update to the coordinator. */
  tell(update: Update | null): void;
  /** Version of the running agent. */
  version?: string;
  arch?: string;
}

/**
 * Replaces the agent with a newer release. Invariants: nothing is used before its signature is verified; the rollback
 * target is on disk before a link changes; the new agent stays only if it has reported. Otherwise the guard, a systemd
 * timer that survives kills and power failures, rolls it back.
 */
export function createUpdater({ paths, host, client, log, tell, version = ownVersion, arch = process.arch }: Means) {
  const files = trialFiles(paths);
  const programs = createPrograms({ paths, host, client });
  let onTrial = true;
  /** Version of a rolled-back update that is not yet reported; the coordinator keeps asking for it until then. */
  let untold: string | null = null;

  const install = createInstall({ paths, host, client, log, files, programs, version, arch });

  return {
    /** Handles the state left by an earlier update. Call once at startup. */
    async begin(): Promise<void> {
      const [trial, failure] = [await files.trial(), await files.failure()];
      onTrial = trial?.version === version;
      if (trial !== null && trial.version !== version) {
        // Interrupted before the new agent was in use.
        await files.endTrial();
        await host.run('systemctl', ['stop', guardTimer]);
      }
      // Clears an update state reported earlier.
      if (failure === null) return onTrial ? tell(null) : undefined;
      if (failure.version === version) {
        await files.forgetFailure();
        return tell(null);
      }
      log.error('update rolled back', { to: failure.version, reason: failure.message });
      untold = failure.version;
      tell({ version: failure.version, state: 'failed', message: verbatim(failure.message) });
    },

    /** Called when the coordinator has accepted a report with what `begin` told: ends the trial. */
    async confirm(): Promise<void> {
      if (untold !== null) {
        // The coordinator now remembers the failure and only retries the version at an operator's request.
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

    /**
     * Updates to `wanted`. Permanent errors are reported and not retried; temporary ones are thrown. Throws
     * MusterError.
     */
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

/** false: the guard is already rolling back and will end this agent. */
async function stopGuard(host: Host): Promise<boolean> {
  await host.run('systemctl', ['stop', guardTimer]);
  const { stdout } = await host.run('systemctl', ['is-active', guardService]);
  return !/^(active|activating)/.test(stdout);
}
