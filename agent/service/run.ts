import { exitCode, MusterError, messageOf } from '../../shared/errors/errors.ts';
import { createLogger } from '../../shared/logger.ts';
import type { AgentPaths } from '../paths.ts';
import { serve } from './service.ts';

/** Time limit for the last report after a stop signal, in ms. */
const farewell = 800;

/** `muster-agent run`: runs until SIGTERM or SIGINT, then exits with 0. Transient units keep running. */
export async function run(paths: AgentPaths): Promise<void> {
  const log = createLogger();
  const controller = new AbortController();
  // Not once: while a program runs, execa ends the process on a signal that has no other listener.
  for (const name of ['SIGTERM', 'SIGINT'] as const)
    process.on(name, () => {
      log.info('stopping; running package and kubeadm units continue', { signal: name });
      controller.abort();
      setTimeout(() => process.exit(0), farewell).unref();
    });
  try {
    await serve(paths, log, controller.signal);
    process.exit(0);
  } catch (error) {
    if (error instanceof MusterError) log.error(error.message, { code: error.code, remedy: error.remedy?.en });
    else log.error(messageOf(error), { stack: error instanceof Error ? error.stack : undefined });
    process.exit(error instanceof MusterError ? error.exit : exitCode.failure);
  }
}
