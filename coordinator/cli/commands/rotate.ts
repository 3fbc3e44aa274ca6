import type { Command } from 'commander';
import { type Cli, socketOption } from '../help.ts';

export function addRotate(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('rotate')
    .description(say({ en: 'Rotate the credential of a host', zh: '轮换主机的凭据' }))
    .argument('[host]', say({ en: 'Enrolled host', zh: '已接入的主机' }))
    .option('--all', say({ en: 'All enrolled hosts', zh: '所有已接入的主机' }))
    .addOption(socketOption(cli))
    .action(async (host: string | undefined, options) =>
      (await import('../handlers/rotate.ts')).rotate(io, host, options),
    );
}
