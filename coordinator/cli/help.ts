import { type Command, Help, Option } from 'commander';
import { coordinatorPaths } from '../../shared/paths.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { Io } from './terminal/io.ts';
import { type Say, speak } from './terminal/language.ts';
import { widthOf } from './terminal/width.ts';

/** What a command's declaration needs. */
export interface Cli {
  io: Io;
  say: Say;
}

export function createCli(io: Io): Cli {
  return { io, say: speak(io.language) };
}

const titles: Readonly<Record<string, LocalText>> = {
  'Usage:': { en: 'Usage:', zh: '用法：' },
  'Arguments:': { en: 'Arguments:', zh: '参数：' },
  'Options:': { en: 'Options:', zh: '选项：' },
  'Commands:': { en: 'Commands:', zh: '命令：' },
};

/** Localises a command's help and that of its subcommands; puts the summary first, as kubectl does. */
export function localised(command: Command, { say }: Cli): Command {
  return command
    .helpOption('-h, --help', say({ en: 'Show this help', zh: '显示此帮助' }))
    .helpCommand('help [command]', say({ en: 'Show the help of a command', zh: '显示命令的帮助' }))
    .configureHelp({
      displayWidth: widthOf,
      formatHelp: summaryFirst,
      styleTitle: (title) => say(titles[title] ?? { en: title, zh: title }),
      optionDescription: (option) =>
        new Help()
          .optionDescription(option)
          .replace('(default: ', say({ en: '(default: ', zh: '(默认：' }))
          .replace('(choices: ', say({ en: '(choices: ', zh: '(可选：' })),
    })
    .showHelpAfterError(
      say({
        en: 'See --help for usage.',
        zh: '用法请见 --help。',
      }),
    );
}

function summaryFirst(command: Command, helper: Help): string {
  const [usage = '', summary = '', ...rest] = Help.prototype.formatHelp.call(helper, command, helper).split('\n\n');
  return [summary, usage, ...rest].join('\n\n');
}

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
