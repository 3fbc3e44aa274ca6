import type { Command } from 'commander';
import { type Cli, socketOption } from '../help.ts';

/** `muster recover` and `muster recover --restored`. */
export function addRecover(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('recover')
    .description(
      say({
        en: 'Restore a cluster whose etcd permanently lost quorum or data, or re-create one whose control planes were all reset',
        zh: '恢复 etcd 永久失去法定人数或数据的集群，或重新创建控制平面均已重置的集群',
      }),
    )
    .option(
      '--restored',
      say({ en: 'Instead, trust a database restored from a backup', zh: '改为信任从备份恢复的数据库' }),
    )
    .option('--host <name>', say({ en: 'Restore etcd on this control plane', zh: '在此控制平面上恢复 etcd' }))
    .option(
      '--from-backup',
      say({
        en: 'Restore the newest backup instead of a member’s data; later changes are lost',
        zh: '恢复最新备份而不是成员的数据；之后的变更会丢失',
      }),
    )
    .option('-y, --yes', say({ en: 'Do not ask for confirmation', zh: '不询问确认' }))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/recover.ts')).recover(io, options));
}
