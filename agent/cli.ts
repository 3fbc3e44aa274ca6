import { Command } from 'commander';
import { MusterError } from '../shared/errors/errors.ts';
import { languageOfLocale } from '../shared/text/locale.ts';
import { version } from '../shared/version.ts';
import { commands } from './commands.ts';
import { pathsBelow } from './paths.ts';

/** `muster-agent`: an operator's commands, and the installer's. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('muster-agent')
    .description('Prepares this host for Kubernetes as the coordinator’s plan says, and keeps it so')
    .version(version)
    .option('--root <folder>', 'the root of the agent’s own files', '/')
    .showHelpAfterError();
  const paths = () => pathsBelow(program.opts<{ root: string }>().root);
  for (const add of commands) add(program, paths);

  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    const language = languageOfLocale(process.env);
    process.stderr.write(`muster-agent: ${error.text[language]}\n`);
    if (error.remedy !== undefined) process.stderr.write(`  ${error.remedy[language]}\n`);
    process.exitCode = error.exit;
  }
}
