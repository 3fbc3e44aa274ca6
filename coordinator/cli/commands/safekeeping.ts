import type { Command } from 'commander';
import { coordinatorPaths } from '../../../shared/paths.ts';
import { type Cli, jsonOption, socketOption } from '../help.ts';

/** Maintenance commands: backups, restored databases, updates, credentials. */
export function addSafekeeping(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('backup')
    .description(
      say({ en: 'Back up the CA, the database and the plan to a file', zh: '将 CA、数据库和计划备份到文件' }),
    )
    .argument(
      '[file]',
      say({ en: 'Backup file (default: a name with cluster and time)', zh: '备份文件（默认以集群名和时间命名）' }),
    )
    .option(
      '--to <folder>',
      say({ en: 'Directory for a file with the default name', zh: '以默认名称存放备份文件的目录' }),
    )
    .option(
      '--passphrase-file <file>',
      say({ en: 'Encrypt with the passphrase in this file', zh: '使用此文件中的口令加密' }),
    )
    .addOption(socketOption(cli))
    .action(async (file: string | undefined, options) => (await import('../backup.ts')).backup(io, file, options));

  program
    .command('restore')
    .description(say({ en: 'Restore the coordinator’s state from a backup', zh: '从备份恢复协调器的状态' }))
    .argument('<file>', say({ en: 'Backup file', zh: '备份文件' }))
    .option('--replace', say({ en: 'Move existing state aside', zh: '将现有状态移到一旁' }))
    .option(
      '--key-file <file>',
      say({
        en: 'File with the recovery key or passphrase of an encrypted backup (default: ask)',
        zh: '包含加密备份的恢复密钥或口令的文件（默认询问）',
      }),
    )
    .option(
      '--state <folder>',
      say({ en: 'State directory of the coordinator', zh: '协调器的状态目录' }),
      coordinatorPaths.state,
    )
    .option('--plan <file>', say({ en: 'Plan file of the coordinator', zh: '协调器的计划文件' }), coordinatorPaths.plan)
    .addOption(socketOption(cli))
    .action(async (file: string, options) => (await import('../backup.ts')).restore(io, file, options));

  program
    .command('recovery-key')
    .description(
      say({
        en: 'Create the recovery key for backup copies on other hosts; it is shown once',
        zh: '创建其他主机上备份副本的恢复密钥；只显示一次',
      }),
    )
    .option('--replace', say({ en: 'Replace the existing key', zh: '替换现有的密钥' }))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../backup.ts')).recoveryKey(io, options));

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
    .action(async (options) => (await import('../recover.ts')).recover(io, options));

  program
    .command('updates')
    .description(say({ en: 'Show the update state of all agents', zh: '显示所有代理的更新状态' }))
    .option('--retry', say({ en: 'Resume updates after a failure', zh: '失败后继续更新' }))
    .addOption(jsonOption(cli, 'Updates'))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../updates.ts')).updates(io, options));

  program
    .command('rotate')
    .description(say({ en: 'Rotate the credential of a host', zh: '轮换主机的凭据' }))
    .argument('[host]', say({ en: 'Enrolled host', zh: '已接入的主机' }))
    .option('--all', say({ en: 'All enrolled hosts', zh: '所有已接入的主机' }))
    .addOption(socketOption(cli))
    .action(async (host: string | undefined, options) => (await import('../rotate.ts')).rotate(io, host, options));
}
