import { exitCode, MusterError } from '../../shared/errors.ts';
import { cloudInit } from '../cloud-init.ts';
import { createOperatorClient } from './client.ts';
import type { Io, SocketOptions } from './io.ts';
import { createPaint } from './paint.ts';
import { clean, utc } from './text.ts';

export interface TokenOptions extends SocketOptions {
  workers?: true;
  /** Prints user data for cloud-init in place of the line. */
  cloudInit?: true;
}

/** Makes an enrolment token and prints the line to paste: that alone on stdout, so that it can be captured, the rest on stderr. */
export async function createToken(io: Io, host: string | undefined, options: TokenOptions): Promise<void> {
  if ((host === undefined) === (options.workers === undefined)) {
    throw new MusterError('token-for-whom', 'a token is for one HOST or for all --workers: name one of the two', {
      remedy: 'muster token create --workers',
      exit: exitCode.usage,
    });
  }
  const client = createOperatorClient(options.socket);
  const token = await client.createToken(host === undefined ? { workers: true } : { host });

  const paint = createPaint(io.stderr, io.env);
  const whom = token.hosts.map(clean).join(', ');
  const asRoot = clean(token.command.replace('sudo -E sh', 'sh'));
  if (options.cloudInit !== undefined) {
    io.stderr.write(`User data for ${paint.strong(whom)}, good until ${utc(token.expiresAt)}:\n\n`);
    return void io.stdout.write(cloudInit(asRoot));
  }
  const once = host === undefined ? 'once on each of' : 'once on';
  io.stderr.write(`Paste this ${once} ${paint.strong(whom)}, until ${utc(token.expiresAt)}:\n\n`);
  io.stdout.write(`${clean(token.command)}\n`);
  io.stderr.write(`\nIn a root shell on a host without sudo:\n\n${asRoot}\n`);
}
