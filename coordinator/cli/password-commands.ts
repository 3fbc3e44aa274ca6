import type { Command, Option } from 'commander';
import type { Io } from './io.ts';

/** `muster password set` and `clear`. */
export function addPassword(program: Command, io: Io, socket: () => Option): void {
  const password = program.command('password').description('let people sign in to the status page by password');
  const viewer = ['--viewer', 'the viewer’s, who may look and change nothing'] as const;
  password
    .command('set')
    .description('read a password from standard input; its hash is kept in the coordinator’s state folder')
    .option(...viewer)
    .addOption(socket())
    .action(async (options) => (await import('./password.ts')).setPassword(io, options));
  password
    .command('clear')
    .description('take it away: only links sign in')
    .option(...viewer)
    .addOption(socket())
    .action(async (options) => (await import('./password.ts')).clearPassword(io, options));
}
