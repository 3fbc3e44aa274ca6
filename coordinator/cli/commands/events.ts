import { type Command, Option } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';
import { moment } from '../moment.ts';

export function addEvents(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('events')
    .description(
      say({ en: 'print what has happened: who came, joined, changed', zh: '打印发生过的事：谁接入、加入、改变' }),
    )
    .option('-f, --follow', say({ en: 'go on until Ctrl-C', zh: '持续输出，直到按 Ctrl-C' }))
    .option('--host <name>', say({ en: 'of this host only', zh: '仅限该主机' }))
    .option('--kind <kind>', say({ en: 'of this kind only, such as host-ready', zh: '仅限该类型，如 host-ready' }))
    .addOption(sinceOption(cli))
    .addOption(jsonOption(cli, 'Event'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster events --since 1h', { en: 'of the last hour', zh: '最近一小时' }],
        ['muster events -f --host node01', { en: 'of node01, as they come', zh: '持续显示 node01 的事件' }],
      ),
    )
    .action(async (options) => (await import('../events.ts')).events(io, options));
}

export function sinceOption({ say }: Cli): Option {
  return new Option(
    '--since <when>',
    say({
      en: 'not older than that: 30m, 1h, 2d, or a moment such as 2026-01-31T12:00:00Z',
      zh: '不早于：30m、1h、2d，或某一时刻，如 2026-01-31T12:00:00Z',
    }),
  ).argParser(moment);
}
