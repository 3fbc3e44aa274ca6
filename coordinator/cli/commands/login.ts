import type { Command } from 'commander';
import { type Cli, jsonOption, socketOption } from '../help.ts';

export function addLogin(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('login')
    .description(say({ en: 'Print a one-time link to the status page', zh: '打印状态页的一次性链接' }))
    .option('--viewer', say({ en: 'Read-only access', zh: '只读访问' }))
    .addOption(jsonOption(cli, 'LoginLink'))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/login.ts')).login(io, options));
}
