import type { Command } from 'commander';
import { coordinatorPaths } from '../../../shared/paths.ts';
import { type Cli, socketOption } from '../help.ts';

/** `muster backup` and `muster recovery-key`. */
export function addBackup(program: Command, cli: Cli): void {
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
    .option(
      '--cluster',
      say({
        en: 'Instead, back up etcd and the PKI on every control plane now, and verify the backups',
        zh: '改为立即在每个控制平面上备份 etcd 和 PKI，并验证备份',
      }),
    )
    .addOption(socketOption(cli))
    .action(async (file: string | undefined, options) => {
      if (options.cluster) return (await import('../handlers/cluster-backup.ts')).clusterBackup(io, options);
      return (await import('../handlers/backup.ts')).backup(io, file, options);
    });

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
    .action(async (options) => (await import('../handlers/backup.ts')).recoveryKey(io, options));
}

/** `muster restore FILE`. */
export function addRestore(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('restore')
    .description(say({ en: 'Restore the coordinator’s state from a backup', zh: '从备份恢复协调器的状态' }))
    .argument('<file>', say({ en: 'Backup file', zh: '备份文件' }))
    .option('--replace', say({ en: 'Move existing state aside', zh: '将现有状态移到一旁' }))
    .option(
      '--unencrypted',
      say({
        en: 'Accept a backup that is not encrypted, whose origin cannot be verified',
        zh: '接受未加密的备份（无法验证其来源）',
      }),
    )
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
    .action(async (file: string, options) => (await import('../handlers/backup.ts')).restore(io, file, options));
}
