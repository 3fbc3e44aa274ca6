import { createOperatorClient } from '../client.ts';
import type { Io } from '../terminal/io.ts';
import { speak } from '../terminal/language.ts';
import { clean } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';
import { type RecoverRestoredOptions, recoverRestored } from './recover-restored.ts';

export interface RecoverOptions extends RecoverRestoredOptions {
  restored?: true;
}

/**
 * Confirms what only an operator can: that a lost cluster may be re-created, or that a restored database is trusted.
 */
export async function recover(io: Io, options: RecoverOptions): Promise<void> {
  return options.restored ? recoverRestored(io, options) : recoverLostCluster(io, options);
}

/** The coordinator refuses unless the cluster is lost. */
async function recoverLostCluster(io: Io, { socket }: RecoverOptions): Promise<void> {
  const { host, lost } = await createOperatorClient(socket, io.language).recover();
  const say = speak(io.language);
  io.stdout.write(`${say(words.createsAnew(clean(host)))}\n`);
  if (lost !== '') io.stderr.write(`${say(words.lostCluster(clean(lost)))}\n`);
  io.stderr.write(`${say(words.watchIt)}\n`);
}
