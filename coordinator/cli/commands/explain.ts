import type { Command } from 'commander';
import { type Cli, examples, jsonOption, socketOption } from '../help.ts';

export function addExplain(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('explain')
    .description(
      say({
        en: 'say what is going on with a host, since when, why, and what you can do',
        zh: '说明一台主机的情况：从何时起、为什么、你可以做什么',
      }),
    )
    .argument('<host>', say({ en: 'a planned host', zh: '计划中的一台主机' }))
    .addOption(jsonOption(cli, 'Explanation'))
    .addOption(socketOption(cli))
    .addHelpText('after', examples(cli, ['muster explain node01', { en: 'in one paragraph', zh: '用一段话说明' }]))
    .action(async (host: string, options) => (await import('../explain.ts')).explain(io, host, options));
}
