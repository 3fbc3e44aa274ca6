import { Command, type ErrorOptions } from 'commander';
import { usageError } from './usage.ts';

/** A command that throws incorrect usage as a MusterError, in both languages; so do its subcommands. */
export class LocalCommand extends Command {
  override createCommand(name?: string): Command {
    return new LocalCommand(name);
  }

  override error(message: string, { code = '' }: ErrorOptions = {}): never {
    throw usageError(code, message, `${pathOf(this)} --help`);
  }
}

/** Formats the full name: `muster plan check`. */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
