import { createOperatorClient } from './client.ts';
import type { Io } from './io.ts';
import { type RecoverRestoredOptions, recoverRestored } from './recover-restored.ts';
import { clean } from './text.ts';

export interface RecoverOptions extends RecoverRestoredOptions {
  restored?: true;
}

/**
 * What needs an operator's word before muster goes on: that the lost cluster may be created anew (the coordinator refuses while it is not lost),
 * or that a restored database is to be trusted.
 */
export async function recover(io: Io, options: RecoverOptions): Promise<void> {
  return options.restored ? recoverRestored(io, options) : recoverLostCluster(io, options);
}

/** Says that the lost cluster may be created anew. The coordinator refuses while it is not lost. */
async function recoverLostCluster(io: Io, { socket }: RecoverOptions): Promise<void> {
  const { host, lost } = await createOperatorClient(socket).recover();
  io.stdout.write(`${clean(host)} creates the cluster anew, and every worker leaves the lost one and joins it.\n`);
  if (lost !== '') io.stderr.write(`Lost: the cluster with the CA ${clean(lost)}\n`);
  io.stderr.write('Watch: muster status --watch\n');
}
