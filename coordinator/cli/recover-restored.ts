import { MusterError } from '../../shared/errors/errors.ts';
import { ask } from './ask.ts';
import type { Io, SocketOptions } from './io.ts';
import { createPaint } from './paint.ts';
import { createSafekeepingClient } from './safekeeping-client.ts';
import { clean, utc } from './text.ts';

export interface RecoverRestoredOptions extends SocketOptions {
  yes?: true;
}

/** Shows what would be trusted again, asks, and lets a restored coordinator go on. */
export async function recoverRestored(io: Io, options: RecoverRestoredOptions): Promise<void> {
  const client = createSafekeepingClient(options.socket);
  const restored = await client.restored();
  if (restored === null)
    return void io.stderr.write('There is nothing to confirm: the database is not a restored one.\n');

  const paint = createPaint(io.stderr, io.env);
  const { own, seen, since, tokens, hosts } = restored;
  const token = ({ host, expiresAt }: (typeof tokens)[number]) =>
    `  ${host === null ? 'all workers' : clean(host)}, until ${utc(expiresAt)}`;
  const lines = [
    `The database is a copy from before: its revision is ${own}, and ${seen} has been seen (known since ${utc(since)}).`,
    'What was revoked after the copy was made is good again once you confirm:',
    paint.strong(tokens.length === 0 ? 'No open enrolment token.' : 'Open enrolment tokens:'),
    ...tokens.map(token),
    paint.strong(hosts.length === 0 ? 'No host credential.' : 'Host credentials:'),
    ...hosts.map(({ name, enrolledAt }) => `  ${clean(name)}, enrolled ${utc(enrolledAt)}`),
    'Hosts that enrolled later are not in the copy and need a new token: muster token create HOST',
  ];
  io.stderr.write(`${lines.join('\n')}\n`);
  if (options.yes !== true) {
    const answer = await ask('Trust this again? [y/N] ', 'muster recover --restored --yes');
    if (!/^y(es)?$/i.test(answer)) throw new MusterError('not-confirmed', 'nothing was changed');
  }
  await client.confirmRestored();
  io.stderr.write('Confirmed: the coordinator works again.\n');
}
