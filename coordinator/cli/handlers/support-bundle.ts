import { writeFile } from 'node:fs/promises';
import { exitCode, MusterError, messageOf } from '../../../shared/errors/errors.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';

export interface BundleOptions extends SocketOptions {
  output?: string;
}

/** Writes a host's support bundle to a file that only its owner may read, and prints its name. */
export async function supportBundle(io: Io, host: string, { socket, output }: BundleOptions): Promise<void> {
  const day = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '');
  const file = output ?? `muster-support-${host}-${day}.tar.gz`;
  const bundle = await createOperatorClient(socket).supportBundle(host);
  try {
    await writeFile(file, bundle, { mode: 0o600 });
  } catch (error) {
    throw new MusterError('not-written', `${file} can’t be written: ${messageOf(error)}`, {
      exit: exitCode.cannotCreate,
    });
  }
  io.stdout.write(`${file}\n`);
}
