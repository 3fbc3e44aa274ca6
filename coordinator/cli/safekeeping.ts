import type { Command, Option } from 'commander';
import { coordinatorPaths } from '../../shared/paths.ts';
import type { Io } from './io.ts';

/** Commands for the day after: backups, restored databases, updates, credentials. `socket` makes the option that all commands share. */
export function addSafekeeping(program: Command, io: Io, socket: (io: Io) => Option): void {
  program
    .command('backup')
    .description('write the CA, the database and the plan to one file')
    .argument('[file]', 'the file (default: a name with the time)')
    .option('--to <folder>', 'a folder for a file of that name')
    .option('--passphrase-file <file>', 'encrypt it with the passphrase in this file')
    .addOption(socket(io))
    .action(async (file: string | undefined, options) => (await import('./backup.ts')).backup(io, file, options));

  program
    .command('restore')
    .description('put a backup in the place of this coordinator’s state')
    .argument('<file>')
    .option('--replace', 'put the state that is here aside')
    .option('--key-file <file>', 'the recovery key or passphrase of an encrypted backup (default: it is asked for)')
    .option('--state <folder>', 'the coordinator’s state', coordinatorPaths.state)
    .option('--plan <file>', 'where the plan belongs', coordinatorPaths.plan)
    .addOption(socket(io))
    .action(async (file: string, options) => (await import('./backup.ts')).restore(io, file, options));

  program
    .command('recovery-key')
    .description('make the key that opens the copies of backups on other hosts; it is shown once')
    .option('--replace', 'in the place of the one that is there')
    .addOption(socket(io))
    .action(async (options) => (await import('./backup.ts')).recoveryKey(io, options));

  program
    .command('recover')
    .description('let a cluster whose only control plane was reset be created anew; nothing that ran in it comes back')
    .option('--restored', 'instead: trust a database that was restored from a copy')
    .option('--yes', 'do not ask')
    .addOption(socket(io))
    .action(async (options) => (await import('./recover.ts')).recover(io, options));

  program
    .command('updates')
    .description('show which agents have the coordinator’s version')
    .option('--retry', 'go on after a failure')
    .option('--json', 'for programs')
    .addOption(socket(io))
    .action(async (options) => (await import('./updates.ts')).updates(io, options));

  program
    .command('rotate')
    .description('have a host replace its credential')
    .argument('[host]')
    .option('--all', 'all enrolled hosts')
    .addOption(socket(io))
    .action(async (host: string | undefined, options) => (await import('./rotate.ts')).rotate(io, host, options));
}
