import { type Command, Option } from 'commander';
import { localise } from '../../shared/cli/help.ts';
import { coordinatorPaths } from '../../shared/paths.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Io } from './terminal/io.ts';
import { type Say, speak } from './terminal/language.ts';
import { widthOf } from './terminal/width.ts';

/** Dependencies of the command declarations. */
export interface Cli {
  io: Io;
  say: Say;
}

export function createCli(io: Io): Cli {
  return { io, say: speak(io.language) };
}

/** `localise` in the reader's language. */
export const localised = (command: Command, { io }: Cli): Command => localise(command, io.language);

/** A group of commands, such as `muster token`. */
export function group(program: Command, cli: Cli, name: string, description: LocalText): Command {
  return localised(program.command(name), cli).description(cli.say(description));
}

/** The examples below a command's help: command line and purpose in columns. */
export function examples({ say }: Cli, ...lines: readonly [command: string, purpose: LocalText][]): string {
  const width = Math.max(...lines.map(([command]) => widthOf(command)));
  const rows = lines.map(
    ([command, purpose]) => `  ${command}${' '.repeat(width - widthOf(command))}   ${say(purpose)}`,
  );
  return `\n${say({ en: 'Examples:', zh: '示例：' })}\n${rows.join('\n')}`;
}

export function socketOption({ io, say }: Cli): Option {
  return new Option(
    '--socket <path>',
    say({ en: 'Path of the coordinator’s socket', zh: '协调器套接字的路径' }),
  ).default(io.env.MUSTER_SOCKET ?? coordinatorPaths.socket);
}

/** `schema`: the response's schema in openapi.json. */
export function jsonOption({ say }: Cli, schema: string): Option {
  return new Option(
    '--json',
    say({ en: `Print JSON (${schema} in openapi.json)`, zh: `以 JSON 输出（openapi.json 中的 ${schema}）` }),
  );
}
