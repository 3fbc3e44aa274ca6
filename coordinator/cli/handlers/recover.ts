import { MusterError } from '../../../shared/errors/errors.ts';
import { createOperatorClient } from '../client.ts';
import { ask } from '../terminal/ask.ts';
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

/** The coordinator refuses unless the cluster is lost. Throws MusterError `not-confirmed` (exit 1), `nobody-to-ask` (64). */
async function recoverLostCluster(io: Io, { socket, yes }: RecoverOptions): Promise<void> {
  const client = createOperatorClient(socket, io.language);
  const say = speak(io.language);
  if (yes !== true) await confirm(io, (await client.status()).cluster.name);
  const { host, lost } = await client.recover();
  io.stdout.write(`${say(words.createsAnew(clean(host)))}\n`);
  if (lost !== '') io.stderr.write(`${say(words.lostCluster(clean(lost)))}\n`);
  io.stderr.write(`${say(words.watchIt)}\n`);
}

async function confirm(io: Io, cluster: string): Promise<void> {
  const say = speak(io.language);
  io.stderr.write(`${say(words.recoverEffects(clean(cluster)))}\n`);
  const answer = await ask(`${say(words.recoverQuestion)} [y/N] `, 'muster recover --yes');
  if (!/^(y|yes|是)$/i.test(answer)) throw new MusterError('not-confirmed');
}
