import { Argument, type Command } from 'commander';
import { type Cli, examples, socketOption } from '../help.ts';

export const shells = ['bash', 'zsh'] as const;
export type Shell = (typeof shells)[number];

export function addCompletion(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('completion')
    .description(say({ en: 'print a shell’s script for completion with Tab', zh: '打印 shell 的 Tab 补全脚本' }))
    .addArgument(new Argument('<shell>', say({ en: 'whose', zh: '哪个 shell' })).choices(shells))
    .addHelpText(
      'after',
      examples(
        cli,
        ['. <(muster completion bash)', { en: 'in this shell', zh: '在当前 shell 中' }],
        [
          'muster completion zsh > /usr/local/share/zsh/site-functions/_muster',
          { en: 'for all of this machine', zh: '对本机全体用户' },
        ],
      ),
    )
    .action(async (shell: Shell) => void io.stdout.write((await import('../completion.ts')).completionScript(shell)));
  program
    .command('complete', { hidden: true })
    .description(say({ en: 'what may follow these words', zh: '这些词之后可能出现什么' }))
    .argument('[words...]')
    .addOption(socketOption(cli))
    .action(async (words: string[], options) =>
      (await import('../completion.ts')).complete(io, program, words, options.socket),
    );
}
