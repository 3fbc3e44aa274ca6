import { MusterError } from '../../../shared/errors/errors.ts';
import { listText } from '../../../shared/text/list.ts';
import { createSafekeepingClient } from '../safekeeping-client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { clean } from '../terminal/text.ts';

export interface RotateOptions extends SocketOptions {
  all?: true;
}

/** Rotates hosts' credentials; an old one stays valid until the new one has been used. */
export async function rotate(io: Io, host: string | undefined, options: RotateOptions): Promise<void> {
  if ((host === undefined) === (options.all === undefined)) {
    throw new MusterError('target-ambiguous', { option: '--all', command: 'muster rotate --all' });
  }
  const hosts = await createSafekeepingClient(options.socket).rotate(host ?? null);
  const list = listText(hosts.map(clean));
  const requested = { en: `Credential rotation requested: ${list.en}`, zh: `已请求轮换凭据：${list.zh}` };
  io.stderr.write(`${requested[io.language]}\n`);
}
