import type { Command } from 'commander';
import { type Cli, jsonOption, socketOption } from '../help.ts';

export function addLogin(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('login')
    .description(say({ en: 'print a one-time link to the status page', zh: '打印一个一次性的状态页链接' }))
    .addOption(jsonOption(cli, 'LoginLink'))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../login.ts')).login(io, options));
}
