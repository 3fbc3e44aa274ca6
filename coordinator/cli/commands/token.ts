import type { Command } from 'commander';
import { type Cli, examples, group, jsonOption, socketOption } from '../help.ts';

export function addToken(program: Command, cli: Cli): void {
  const { io, say } = cli;
  group(program, cli, 'token', { en: 'Create enrolment tokens', zh: '创建接入令牌' })
    .command('create')
    .description(
      say({
        en: 'Create a token and print the install command of a host or of all workers',
        zh: '创建令牌，并打印一台主机或所有工作节点的安装命令',
      }),
    )
    .argument('[host]', say({ en: 'Planned host; the token works once', zh: '计划中的主机；令牌一次有效' }))
    .option(
      '--workers',
      say({ en: 'All planned workers; the token works once for each', zh: '计划中的所有工作节点；令牌对每台一次有效' }),
    )
    .option(
      '--cloud-init',
      say({ en: 'Print cloud-init user data for a new VM instead', zh: '改为打印新虚拟机的 cloud-init 用户数据' }),
    )
    .addOption(jsonOption(cli, 'TokenResponse'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster token create master01', { en: 'Create a token for one host', zh: '为一台主机创建令牌' }],
        [
          'muster token create --workers > join.txt',
          { en: 'Write the install command to a file', zh: '将安装命令写入文件' },
        ],
      ),
    )
    .action(async (host: string | undefined, options) =>
      (await import('../handlers/token.ts')).createToken(io, host, options),
    );
}
