import { writeFile } from 'node:fs/promises';
import { MusterError } from '../../../shared/errors/errors.ts';
import { reasonOf } from '../../../shared/errors/reason.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';

export interface BundleOptions extends SocketOptions {
  output?: string;
}

/** Writes a host's support bundle to a file with mode 0600 and prints its name. */
export async function supportBundle(io: Io, host: string, { socket, output }: BundleOptions): Promise<void> {
  const day = new Date().toISOString().slice(0, 16).replace(/[-:]/g, '');
  const file = output ?? `muster-support-${host}-${day}.tar.gz`;
  const bundle = await createOperatorClient(socket).supportBundle(host);
  try {
    await writeFile(file, bundle, { mode: 0o600 });
  } catch (cause) {
    throw new MusterError('file-unwritable', { path: file, reason: reasonOf(cause) }, { cause });
  }
  io.stdout.write(`${file}\n`);
}
