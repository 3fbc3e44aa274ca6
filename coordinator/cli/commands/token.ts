import type { Command } from 'commander';
import { type Cli, examples, group, jsonOption, socketOption } from '../help.ts';

export function addToken(program: Command, cli: Cli): void {
  const { io, say } = cli;
  group(program, cli, 'token', { en: 'let hosts in', zh: '让主机接入' })
    .command('create')
    .description(
      say({
        en: 'print the line to paste on a host, or on all workers',
        zh: '打印要粘贴到某台主机或所有工作节点的那一行',
      }),
    )
    .argument('[host]', say({ en: 'one planned host, once', zh: '计划中的一台主机，一次有效' }))
    .option('--workers', say({ en: 'all planned workers, each once', zh: '计划中的所有工作节点，每台一次' }))
    .option(
      '--cloud-init',
      say({ en: 'as user data for a new VM instead of a line', zh: '改为输出新虚拟机的 cloud-init 用户数据' }),
    )
    .addOption(jsonOption(cli, 'TokenResponse'))
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(
        cli,
        ['muster token create master01', { en: 'for one host', zh: '给一台主机' }],
        [
          'muster token create --workers > join.txt',
          { en: 'only the line itself goes to standard output', zh: '标准输出只有那一行' },
        ],
      ),
    )
    .action(async (host: string | undefined, options) => (await import('../token.ts')).createToken(io, host, options));
}
