import { MusterError } from '../../../shared/errors/errors.ts';
import { createLogger } from '../../../shared/logger.ts';
import { serve as startCoordinator } from '../../server/serve.ts';
import { untilInterrupted } from '../terminal/interrupt.ts';

export interface ServeCommandOptions {
  plan: string;
  state: string;
  listen: string;
  url?: string;
  socket: string;
  pageListen?: string;
  pageCert?: string;
  pageKey?: string;
  pageUrl?: string;
  artefacts: string;
}

/** Runs the coordinator until SIGTERM or SIGINT. */
export async function serve(options: ServeCommandOptions): Promise<void> {
  const { pageListen, pageCert, pageKey, pageUrl, ...rest } = options;
  if (
    [pageListen, pageCert, pageKey].some((one) => one === undefined) &&
    [pageListen, pageCert, pageKey, pageUrl].some((one) => one !== undefined)
  ) {
    throw new MusterError('page-options');
  }
  const page =
    pageListen && pageCert && pageKey ? { listen: pageListen, cert: pageCert, key: pageKey, url: pageUrl } : undefined;
  const { stopped } = await startCoordinator({ ...rest, page, log: createLogger(), signal: untilInterrupted() });
  await stopped;
}
