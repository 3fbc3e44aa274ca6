import type { Command } from 'commander';
import { type Cli, socketOption } from '../help.ts';

export function addSupportBundle(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('support-bundle')
    .description(
      say({
        en: 'Create a support bundle of a host (tar.gz, secrets redacted)',
        zh: '创建主机的支持包（tar.gz，已去除机密）',
      }),
    )
    .argument('<host>', say({ en: 'Planned host', zh: '计划中的主机' }))
    .option(
      '-o, --output <file>',
      say({
        en: 'Output file (default: muster-support-HOST-TIME.tar.gz)',
        zh: '输出文件（默认：muster-support-HOST-TIME.tar.gz）',
      }),
    )
    .addOption(socketOption(cli))
    .action(async (host: string, options) =>
      (await import('../handlers/support-bundle.ts')).supportBundle(io, host, options),
    );
}
