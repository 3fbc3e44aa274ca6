import type { Command } from 'commander';
import { type Cli, group, socketOption } from '../help.ts';

/** `muster password set` and `clear`. */
export function addPassword(program: Command, cli: Cli): void {
  const { io, say } = cli;
  const password = group(program, cli, 'password', {
    en: 'let people sign in to the status page by password',
    zh: '允许用密码登录状态页',
  });
  const viewer = [
    '--viewer',
    say({ en: 'the viewer’s, who may look and change nothing', zh: '只读用户的密码，只能查看' }),
  ] as const;
  password
    .command('set')
    .description(
      say({
        en: 'read a password from standard input; its hash is kept in the coordinator’s state folder',
        zh: '从标准输入读取密码；其哈希保存在协调器的状态目录中',
      }),
    )
    .option(...viewer)
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../password.ts')).setPassword(io, options));
  password
    .command('clear')
    .description(say({ en: 'take it away: only links sign in', zh: '删除密码：只能用链接登录' }))
    .option(...viewer)
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../password.ts')).clearPassword(io, options));
}
