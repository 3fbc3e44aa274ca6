import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Action, actionCatalogue, actions } from '../../../shared/actions/catalogue.ts';
import type { ActionOption } from '../../../shared/actions/definition.ts';
import type { ActOptions } from '../handlers/act.ts';
import { type Cli, jsonOption, socketOption } from '../help.ts';

/** `muster retire HOST` and the other actions on one host, and `muster operations`. */
export function addActions(program: Command, cli: Cli): void {
  for (const action of actions) addAction(program, cli, action);
  const { io, say } = cli;
  program
    .command('operations')
    .description(
      say({
        en: 'List operations on hosts and their progress',
        zh: '列出对主机的操作及其进度',
      }),
    )
    .addOption(jsonOption(cli, 'Operation'))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/operations.ts')).operations(io, options));
}

function addAction(program: Command, cli: Cli, action: Action): void {
  const { io, say } = cli;
  const { summary, dangerous, options = [] } = actionCatalogue[action];
  const command = program
    .command(action)
    .description(say(summary))
    .argument('<host>', say({ en: 'Planned host', zh: '计划中的主机' }))
    .option(
      '--json',
      say({
        en: 'Print the started operation as JSON; implies --no-wait',
        zh: '以 JSON 输出已开始的操作；不等待其结束',
      }),
    )
    .addOption(socketOption(cli));
  if (dangerous) command.option('-y, --yes', say({ en: 'Do not ask for confirmation', zh: '不询问确认' }));
  for (const option of options) command.addOption(optionOf(cli, option));
  command.action(async (host: string, given: ActOptions) =>
    (await import('../handlers/act.ts')).act(io, host, action, given),
  );
}

function optionOf({ say }: Cli, { flags, text, seconds: fallback }: ActionOption): Option {
  const option = new Option(flags, say(text));
  return fallback === undefined ? option : option.argParser(seconds).default(fallback);
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('seconds');
  }
  return value;
}
