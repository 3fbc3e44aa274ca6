import type { PackageManager } from '../systems.ts';
import { apt } from './apt.ts';
import type { PackageCommands, PackageFormat } from './format.ts';

/** agent/machine/packages runs each of them. */
export const packageFormats: Readonly<Record<PackageManager, PackageFormat>> = { apt };

/** Assumed where no host is known, as in plans and reference pages. */
export const assumedManager: PackageManager = 'apt';

/** A shell command that people run; a function if it depends on the host's package manager. */
export type Command = string | ((commands: PackageCommands) => string);

export const commandFor = (command: Command, manager: PackageManager): string =>
  typeof command === 'string' ? command : command(packageFormats[manager].commands);
