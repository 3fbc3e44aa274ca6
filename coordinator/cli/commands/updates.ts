import type { Command } from 'commander';
import { type Cli, jsonOption, socketOption } from '../help.ts';

export function addUpdates(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('updates')
    .description(say({ en: 'Show the update state of all agents', zh: '显示所有代理的更新状态' }))
    .option('--retry', say({ en: 'Resume updates after a failure', zh: '失败后继续更新' }))
    .addOption(jsonOption(cli, 'Updates'))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/updates.ts')).updates(io, options));
}
