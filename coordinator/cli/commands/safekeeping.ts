import type { Command } from 'commander';
import { coordinatorPaths } from '../../../shared/paths.ts';
import { type Cli, jsonOption, socketOption } from '../help.ts';

/** Commands for the day after: backups, restored databases, updates, credentials. */
export function addSafekeeping(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('backup')
    .description(
      say({ en: 'write the CA, the database and the plan to one file', zh: '将 CA、数据库和计划写入一个文件' }),
    )
    .argument('[file]', say({ en: 'the file (by default a name with the time)', zh: '文件（默认以时间命名）' }))
    .option('--to <folder>', say({ en: 'a folder for a file of that name', zh: '存放该文件的目录' }))
    .option(
      '--passphrase-file <file>',
      say({ en: 'encrypt it with the passphrase in this file', zh: '用此文件中的口令加密' }),
    )
    .addOption(socketOption(cli))
    .action(async (file: string | undefined, options) => (await import('../backup.ts')).backup(io, file, options));

  program
    .command('restore')
    .description(say({ en: 'put a backup in the place of this coordinator’s state', zh: '用备份替换本协调器的状态' }))
    .argument('<file>', say({ en: 'the backup', zh: '备份文件' }))
    .option('--replace', say({ en: 'put the state that is here aside', zh: '将现有状态移到一旁' }))
    .option(
      '--key-file <file>',
      say({
        en: 'the recovery key or passphrase of an encrypted backup; without it, it is asked for',
        zh: '加密备份的恢复密钥或口令；不给出则会询问',
      }),
    )
    .option('--state <folder>', say({ en: 'the coordinator’s state', zh: '协调器的状态目录' }), coordinatorPaths.state)
    .option('--plan <file>', say({ en: 'where the plan belongs', zh: '计划的存放位置' }), coordinatorPaths.plan)
    .addOption(socketOption(cli))
    .action(async (file: string, options) => (await import('../backup.ts')).restore(io, file, options));

  program
    .command('recovery-key')
    .description(
      say({
        en: 'make the key that opens the copies of backups on other hosts; it is shown once',
        zh: '生成用于打开其他主机上备份副本的密钥；只显示一次',
      }),
    )
    .option('--replace', say({ en: 'in the place of the one that is there', zh: '取代已有的密钥' }))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../backup.ts')).recoveryKey(io, options));

  program
    .command('recover')
    .description(
      say({
        en: 'let a cluster whose only control plane was reset be created anew; nothing that ran in it comes back',
        zh: '允许重新创建唯一控制平面已被重置的集群；其中运行过的一切都不会恢复',
      }),
    )
    .option(
      '--restored',
      say({ en: 'instead: trust a database that was restored from a copy', zh: '改为：信任从副本恢复的数据库' }),
    )
    .option('--yes', say({ en: 'do not ask', zh: '不再询问' }))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../recover.ts')).recover(io, options));

  program
    .command('updates')
    .description(say({ en: 'show which agents have the coordinator’s version', zh: '显示哪些代理已是协调器的版本' }))
    .option('--retry', say({ en: 'go on after a failure', zh: '失败后继续' }))
    .addOption(jsonOption(cli, 'Updates'))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../updates.ts')).updates(io, options));

  program
    .command('rotate')
    .description(say({ en: 'have a host replace its credential', zh: '让主机更换其凭据' }))
    .argument('[host]', say({ en: 'an enrolled host', zh: '已接入的一台主机' }))
    .option('--all', say({ en: 'all enrolled hosts', zh: '所有已接入的主机' }))
    .addOption(socketOption(cli))
    .action(async (host: string | undefined, options) => (await import('../rotate.ts')).rotate(io, host, options));
}
