import { MusterError } from '../shared/errors/errors.ts';
import { languageOfLocale } from '../shared/text/locale.ts';
import { createProgram } from './commands.ts';

/** `muster-agent`: commands for operators and the installer, in the locale's language. */
export async function main(argv: readonly string[]): Promise<void> {
  const language = languageOfLocale(process.env);
  try {
    await createProgram(language).parseAsync(argv);
  } catch (error) {
    if (!(error instanceof MusterError)) throw error;
    process.stderr.write(`muster-agent: ${error.text[language]}\n`);
    if (error.remedy !== undefined) process.stderr.write(`  ${error.remedy[language]}\n`);
    process.exitCode = error.exit;
  }
}
