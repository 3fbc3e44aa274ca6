import { Argument, type Command } from 'commander';
import { type Cli, examples, socketOption } from '../help.ts';
import { type Shell, shells } from '../shells.ts';

export function addCompletion(program: Command, cli: Cli): void {
  const { io, say } = cli;
  program
    .command('completion')
    .description(say({ en: 'Print the shell completion script', zh: '打印 shell 补全脚本' }))
    .addArgument(new Argument('<shell>', say({ en: 'Shell to complete in', zh: '要补全的 shell' })).choices(shells))
    .addHelpText(
      'after',
      examples(
        cli,
        ['. <(muster completion bash)', { en: 'Enable completion in this shell', zh: '在当前 shell 中启用补全' }],
        [
          'muster completion zsh > /usr/local/share/zsh/site-functions/_muster',
          { en: 'Enable completion for all users', zh: '为所有用户启用补全' },
        ],
      ),
    )
    .action(async (shell: Shell) => void io.stdout.write((await import('../completion.ts')).completionScript(shell)));
  program
    .command('complete', { hidden: true })
    .description(say({ en: 'List the completions of these words', zh: '列出这些词的补全' }))
    .argument('[words...]')
    .addOption(socketOption(cli))
    .action(async (words: string[], options) =>
      (await import('../completion.ts')).complete(io, program, words, options.socket),
    );
}
