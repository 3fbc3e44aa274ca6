import { text } from 'node:stream/consumers';
import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import type { PageRole } from '../../shared/protocol/page.ts';
import { createOperatorClient } from './client.ts';
import type { Io, SocketOptions } from './io.ts';

export interface PasswordOptions extends SocketOptions {
  viewer?: true;
}

/** Sets a password of the status page, read from standard input: an argument would stand in the process list. */
export async function setPassword(io: Io, options: PasswordOptions): Promise<void> {
  if (process.stdin.isTTY) io.stderr.write('Type the password, press Enter, then Ctrl-D:\n');
  const [password = ''] = (await text(process.stdin)).split('\n');
  if (password.length < 8) {
    throw new MusterError('password-short', `the password has ${password.length} characters; at least 8 are needed`, {
      remedy: 'muster password set < FILE',
      exit: exitCode.badInput,
    });
  }
  await createOperatorClient(options.socket).setPassword(roleOf(options), password);
  io.stderr.write(`The ${roleOf(options)}’s password is set; who came in with the one before is signed out.\n`);
}

/** Takes a password away: from then on only links sign in. */
export async function clearPassword(io: Io, options: PasswordOptions): Promise<void> {
  await createOperatorClient(options.socket).setPassword(roleOf(options), null);
  io.stderr.write(`There is no ${roleOf(options)}’s password any more.\n`);
}

function roleOf({ viewer }: PasswordOptions): PageRole {
  return viewer === true ? 'viewer' : 'operator';
}
