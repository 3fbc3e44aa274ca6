import type { Command } from 'commander';
import { type Cli, socketOption } from '../help.ts';

export function addRecover(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('recover')
    .description(
      say({
        en: 'let a cluster whose only control plane was reset be created anew; nothing that ran in it comes back',
        zh: '允许重新创建唯一控制平面已被重置的集群；其中运行过的一切都不会恢复',
      }),
    )
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../recover.ts')).recover(io, options));
}
