import type { PackageManager } from '../systems.ts';
import { apt } from './apt.ts';
import type { PackageCommands, PackageFormat } from './format.ts';

/** agent/machine/packages runs each of them. */
export const packageFormats: Readonly<Record<PackageManager, PackageFormat>> = { apt };

/** Assumed where no host is known, as in plans and reference pages. */
export const assumedManager: PackageManager = 'apt';

/** A shell command that people run; a function if it depends on the host's package manager. */
export type Command = string | ((commands: PackageCommands, packageOf: PackageFormat['packageOf']) => string);

export function commandFor(command: Command, manager: PackageManager): string {
  if (typeof command === 'string') return command;
  const { commands, packageOf } = packageFormats[manager];
  return command(commands, packageOf);
}
