import { createLogger } from '../../shared/logger.ts';
import { serve as startCoordinator } from '../serve.ts';
import { untilInterrupted } from './interrupt.ts';

export interface ServeCommandOptions {
  plan: string;
  state: string;
  listen: string;
  url?: string;
  socket: string;
  artefacts: string;
}

/** Runs the coordinator until it is told to stop. */
export async function serve(options: ServeCommandOptions): Promise<void> {
  const { stopped } = await startCoordinator({ ...options, log: createLogger(), signal: untilInterrupted() });
  await stopped;
}
