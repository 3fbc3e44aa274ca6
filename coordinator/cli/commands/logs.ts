import type { Command } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';

export function addLogs(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('logs')
    .description(say({ en: 'Print the output of a host’s steps', zh: '打印主机各步骤的输出' }))
    .argument('<host>', say({ en: 'Planned host', zh: '计划中的主机' }))
    .option('-f, --follow', say({ en: 'Keep printing new lines until Ctrl-C', zh: '持续输出新行，直到按 Ctrl-C' }))
    .addOption(jsonOption(cli, 'LogPage.lines'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster logs node01 -f', { en: 'Follow the output of node01', zh: '持续显示 node01 的输出' }],
        ['muster logs node01 --json | jq -r .text', { en: 'Print the text of each line', zh: '打印每行的文本' }],
      ),
    )
    .action(async (host: string, options) => (await import('../handlers/logs.ts')).logs(io, host, options));
}
