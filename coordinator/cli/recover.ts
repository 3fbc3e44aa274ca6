import { createOperatorClient } from './client.ts';
import type { Io, SocketOptions } from './io.ts';
import { clean } from './text.ts';

/** Says that the lost cluster may be created anew. The coordinator refuses while it is not lost. */
export async function recover(io: Io, { socket }: SocketOptions): Promise<void> {
  const { host, lost } = await createOperatorClient(socket).recover();
  io.stdout.write(`${clean(host)} creates the cluster anew, and every worker leaves the lost one and joins it.\n`);
  if (lost !== '') io.stderr.write(`Lost: the cluster with the CA ${clean(lost)}\n`);
  io.stderr.write('Watch: muster status --watch\n');
}
