import type { Command } from 'commander';
import { type Cli, socketOption } from '../help.ts';

/** `muster recover` and `muster recover --restored`. */
export function addRecover(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('recover')
    .description(
      say({
        en: 'Allow a cluster that lost its only control plane to be re-created; its workloads are lost',
        zh: '允许重新创建已失去唯一控制平面的集群；其工作负载将丢失',
      }),
    )
    .option(
      '--restored',
      say({ en: 'Instead, trust a database restored from a backup', zh: '改为信任从备份恢复的数据库' }),
    )
    .option('--yes', say({ en: 'Do not ask for confirmation', zh: '不询问确认' }))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/recover.ts')).recover(io, options));
}
