import { MusterError } from '../../../shared/errors/errors.ts';
import { listText } from '../../../shared/text/list.ts';
import { cloudInit } from '../../enrolment/cloud-init.ts';
import { createOperatorClient } from '../client.ts';
import type { Io, SocketOptions } from '../terminal/io.ts';
import { speak } from '../terminal/language.ts';
import { createPaint } from '../terminal/paint.ts';
import { clean, json, utc } from '../terminal/text.ts';
import { words } from '../terminal/words.ts';

/** Every process on a VM can read its user data, and providers keep it: a token for all workers expires soon. */
const userDataSeconds = 3600;

export interface TokenOptions extends SocketOptions {
  workers?: true;
  json?: true;
  /** Prints cloud-init user data instead of the install command. */
  cloudInit?: true;
}

/** Creates an enrolment token and prints the install command: only the command on stdout, the rest on stderr. */
export async function createToken(io: Io, host: string | undefined, options: TokenOptions): Promise<void> {
  if ((host === undefined) === (options.workers === undefined)) {
    throw new MusterError('target-ambiguous', { option: '--workers', command: 'muster token create --workers' });
  }
  const client = createOperatorClient(options.socket, io.language);
  const wanted = host === undefined ? { workers: true as const } : { host };
  const token = await client.createToken({
    ...wanted,
    ...(options.cloudInit && host === undefined ? { seconds: userDataSeconds } : {}),
  });
  if (options.json) return void io.stdout.write(`${json(token)}\n`);

  const paint = createPaint(io.stderr, io.env);
  const say = speak(io.language);
  const whom = paint.strong(say(listText(token.hosts.map(clean))));
  const asRoot = clean(token.command.replace('sudo -E sh', 'sh'));
  if (options.cloudInit !== undefined) {
    io.stderr.write(`${say(words.userDataFor(whom, utc(token.expiresAt)))}\n\n`);
    return void io.stdout.write(cloudInit(asRoot));
  }
  io.stderr.write(`${say(words.pasteOn(whom, host === undefined, utc(token.expiresAt)))}\n\n`);
  io.stdout.write(`${clean(token.command)}\n`);
  io.stderr.write(`\n${say(words.withoutSudo)}\n\n${asRoot}\n`);
}
