import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { speak } from '../terminal/language.ts';
import { clean, fingerprint, json, utc } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';

export interface LoginOptions extends SocketOptions {
  json?: true;
  viewer?: true;
}

/** Prints a one-time link to the status page: only the link on stdout, the explanation on stderr. */
export async function login(io: Io, options: LoginOptions): Promise<void> {
  const link = await createOperatorClient(options.socket, io.language).createLoginLink(
    options.viewer === true ? 'viewer' : 'operator',
  );
  if (options.json) return void io.stdout.write(`${json(link)}\n`);
  const say = speak(io.language);
  io.stderr.write(`${say(words.openOnce(utc(link.expiresAt)))}\n\n`);
  io.stdout.write(`${clean(link.url)}\n`);
  io.stderr.write(`\n${say(words.fingerprintFollows)}\n${fingerprint(clean(link.certificateSha256))}\n`);
}
