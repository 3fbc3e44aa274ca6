import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';

export function addStatus(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('status')
    .description(
      say({ en: 'show how far the cluster is, and what needs a person', zh: '显示集群的进展，以及需要人处理的事' }),
    )
    .addOption(
      new Option('--watch', say({ en: 'keep showing it until Ctrl-C', zh: '持续显示，直到按 Ctrl-C' })).conflicts([
        'wait',
        'json',
      ]),
    )
    .addOption(
      new Option(
        '--wait',
        say({
          en: 'return once all hosts are Ready, telling of each change',
          zh: '逐一报告变化，全部主机 Ready 后返回',
        }),
      ).conflicts('json'),
    )
    .option('--timeout <seconds>', say({ en: 'how long --wait waits', zh: '--wait 最多等待多久' }), seconds, 1800)
    .addOption(jsonOption(cli, 'Status'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      say({
        en: '\n--wait exits with 0: all Ready; 1: a host is blocked; 75: not all Ready in time.',
        zh: '\n--wait 的退出码：0 全部 Ready；1 有主机受阻；75 未能按时全部 Ready。',
      }),
    )
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster status --watch', { en: 'live, in place', zh: '原地实时刷新' }],
        ['muster status --wait --timeout 600', { en: 'in a script', zh: '用于脚本' }],
        ['muster status --json | jq .cluster.summary', { en: 'for programs', zh: '供程序使用' }],
      ),
    )
    .action(async (options) => (await import('../status.ts')).status(io, options));
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('A number of seconds is needed.');
  }
  return value;
}
