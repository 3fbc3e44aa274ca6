import type { Command } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';

export function addExplain(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('explain')
    .description(
      say({
        en: 'Explain the state of a host: since when, why, and what to do',
        zh: '解释主机的状态：起始时间、原因和处理方法',
      }),
    )
    .argument('<host>', say({ en: 'Planned host', zh: '计划中的主机' }))
    .addOption(jsonOption(cli, 'Explanation'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(cli, ['muster explain node01', { en: 'Explain the state of node01', zh: '解释 node01 的状态' }]),
    )
    .action(async (host: string, options) => (await import('../handlers/explain.ts')).explain(io, host, options));
}
