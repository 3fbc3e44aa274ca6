import { type Command, Option } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';
import { moment } from '../terminal/moment.ts';

export function addEvents(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('events')
    .description(
      say({ en: 'Print events: hosts that enrolled, joined or changed', zh: '打印事件：主机的接入、加入和变更' }),
    )
    .option('-f, --follow', say({ en: 'Keep printing new events until Ctrl-C', zh: '持续输出新事件，直到按 Ctrl-C' }))
    .option('--host <name>', say({ en: 'Only events of this host', zh: '仅该主机的事件' }))
    .option(
      '--kind <kind>',
      say({ en: 'Only events of this kind, such as host-ready', zh: '仅该类型的事件，如 host-ready' }),
    )
    .addOption(sinceOption(cli))
    .addOption(localOption(cli))
    .addOption(jsonOption(cli, 'Event'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster events --since 1h', { en: 'Events of the last hour', zh: '最近一小时的事件' }],
        ['muster events -f --host node01', { en: 'Follow the events of node01', zh: '持续显示 node01 的事件' }],
      ),
    )
    .action(async (options) => (await import('../handlers/events.ts')).events(io, options));
}

export function sinceOption({ say }: Cli): Option {
  return new Option(
    '--since <when>',
    say({
      en: 'Only entries newer than a duration (30m, 1h, 2d) or a time (2026-01-31T12:00:00Z)',
      zh: '仅显示某段时长之内（30m、1h、2d）或某时刻之后（2026-01-31T12:00:00Z）的条目',
    }),
  ).argParser(moment);
}

export const localOption = ({ say }: Cli): Option =>
  new Option(
    '--local',
    say({
      en: 'Only entries recorded by the coordinator on this host, instead of the active one',
      zh: '仅由本机的协调器（而非活动协调器）记录的条目',
    }),
  );
