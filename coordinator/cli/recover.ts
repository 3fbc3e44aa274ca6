import { createOperatorClient } from './client.ts';
import type { Io, SocketOptions } from './io.ts';
import { speak } from './language.ts';
import { clean } from './text.ts';
import { words } from './words.ts';

/** Says that the lost cluster may be created anew. The coordinator refuses while it is not lost. */
export async function recover(io: Io, { socket }: SocketOptions): Promise<void> {
  const { host, lost } = await createOperatorClient(socket, io.language).recover();
  const say = speak(io.language);
  io.stdout.write(`${say(words.createsAnew(clean(host)))}\n`);
  if (lost !== '') io.stderr.write(`${say(words.lostCluster(clean(lost)))}\n`);
  io.stderr.write(`${say(words.watchIt)}\n`);
}
