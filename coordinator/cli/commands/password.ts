import type { Command } from 'commander';
import { type Cli, group, socketOption } from '../help.ts';

/** `muster password set` and `clear`. */
export function addPassword(program: Command, cli: Cli): void {
  const { io, say } = cli;
  const password = group(program, cli, 'password', {
    en: 'Manage password sign-in to the status page',
    zh: '管理状态页的密码登录',
  });
  const viewer = ['--viewer', say({ en: 'Password of the read-only viewer', zh: '只读用户的密码' })] as const;
  password
    .command('set')
    .description(
      say({
        en: 'Set a password, read from standard input; only its hash is stored',
        zh: '设置密码（从标准输入读取）；仅保存其哈希',
      }),
    )
    .option(...viewer)
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/password.ts')).setPassword(io, options));
  password
    .command('clear')
    .description(say({ en: 'Remove the password; sign-in requires a link', zh: '删除密码；只能通过链接登录' }))
    .option(...viewer)
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/password.ts')).clearPassword(io, options));
}
