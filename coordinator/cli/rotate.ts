import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import type { Io, SocketOptions } from './io.ts';
import { createSafekeepingClient } from './safekeeping-client.ts';
import { clean } from './text.ts';

export interface RotateOptions extends SocketOptions {
  all?: true;
}

/** Has hosts replace their credentials; the old ones are good until the new ones have been used. */
export async function rotate(io: Io, host: string | undefined, options: RotateOptions): Promise<void> {
  if ((host === undefined) === (options.all === undefined)) {
    throw new MusterError('rotate-whom', 'one HOST or --all is needed', {
      remedy: 'muster rotate --all',
      exit: exitCode.usage,
    });
  }
  const hosts = await createSafekeepingClient(options.socket).rotate(host ?? null);
  io.stderr.write(`Asked for a new credential: ${hosts.map(clean).join(', ')}\n`);
}
