import type { Command } from 'commander';
import { type Cli, socketOption } from '../help.ts';

export function addSupportBundle(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('support-bundle')
    .description(
      say({
        en: 'collect all that is known of a host into a tar.gz, secrets taken out',
        zh: '将某台主机的全部已知信息收集到 tar.gz，并去除所有机密',
      }),
    )
    .argument('<host>')
    .option(
      '-o, --output <file>',
      say({
        en: 'where to write it (default: muster-support-HOST-TIME.tar.gz)',
        zh: '输出文件（默认：muster-support-主机-时间.tar.gz）',
      }),
    )
    .addOption(socketOption(cli))
    .action(async (host: string, options) => (await import('../support-bundle.ts')).supportBundle(io, host, options));
}
