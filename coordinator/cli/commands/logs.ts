import type { Command } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';

export function addLogs(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('logs')
    .description(say({ en: 'print what the steps of a host have printed', zh: '打印一台主机各步骤的输出' }))
    .argument('<host>', say({ en: 'a planned host', zh: '计划中的一台主机' }))
    .option('-f, --follow', say({ en: 'go on until Ctrl-C', zh: '持续输出，直到按 Ctrl-C' }))
    .addOption(jsonOption(cli, 'LogPage.lines'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster logs node01 -f', { en: 'what is it doing?', zh: '它在做什么？' }],
        ['muster logs node01 --json | jq -r .text', { en: 'one object a line', zh: '每行一个对象' }],
      ),
    )
    .action(async (host: string, options) => (await import('../logs.ts')).logs(io, host, options));
}
