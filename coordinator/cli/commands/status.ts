import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';
import { limitOption, phaseOption, searchOption } from '../selection-options.ts';

export function addStatus(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('status')
    .description(
      say({ en: 'Show the cluster’s progress and what needs attention', zh: '显示集群的进度以及需要处理的问题' }),
    )
    .addOption(phaseOption(cli))
    .addOption(searchOption(cli))
    .addOption(limitOption(cli))
    .addOption(
      new Option('--watch', say({ en: 'Refresh until Ctrl-C', zh: '持续刷新，直到按 Ctrl-C' })).conflicts([
        'wait',
        'json',
      ]),
    )
    .addOption(
      new Option(
        '--wait',
        say({
          en: 'Wait until all hosts are Ready; prints each change',
          zh: '等待所有主机 Ready；打印每次变更',
        }),
      ).conflicts(['json', 'phase', 'search', 'limit']),
    )
    .option(
      '--timeout <seconds>',
      say({ en: 'Time limit of --wait, in seconds', zh: '--wait 的时限（秒）' }),
      seconds,
      1800,
    )
    .addOption(jsonOption(cli, 'Status'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      say({
        en: '\nExit codes of --wait: 0 all hosts Ready, 1 a host is blocked, 75 timed out.',
        zh: '\n--wait 的退出码：0 所有主机 Ready，1 有主机受阻，75 超时。',
      }),
    )
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster status --watch', { en: 'Watch the progress', zh: '查看实时进度' }],
        ['muster status --phase failed', { en: 'Show the hosts with a failed step', zh: '显示有失败步骤的主机' }],
        [
          'muster status --search node01 --watch',
          { en: 'Watch hosts by a part of their name', zh: '按名称的一部分查看主机' },
        ],
        ['muster status --wait --timeout 600', { en: 'Wait in a script', zh: '在脚本中等待' }],
        ['muster status --json | jq .cluster.summary', { en: 'Print one field', zh: '打印单个字段' }],
      ),
    )
    .action(async (options) => (await import('../handlers/status.ts')).status(io, options));
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('seconds');
  }
  return value;
}
