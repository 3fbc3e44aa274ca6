import { CommanderError } from 'commander';
import { exitCode, MusterError } from '../../shared/errors/errors.ts';
import { languageOfLocale } from '../../shared/text/locale.ts';
import { createProgram } from './program.ts';
import type { Io } from './terminal/io.ts';
import { readLanguage } from './terminal/language.ts';
import { createPaint } from './terminal/paint.ts';
import { clean } from './terminal/text.ts';

/**
 * Runs `muster ARGS` and returns the exit code. An error that is not a MusterError is a bug and is printed with its
 * stack.
 */
export async function run(given: readonly string[], streams: Omit<Io, 'language'>): Promise<number> {
  let language = languageOfLocale(streams.env);
  try {
    const spoken = readLanguage(given, streams.env);
    language = spoken.language;
    await createProgram({ ...streams, language }).parseAsync(spoken.args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode.usage;
    if (!(error instanceof MusterError)) throw error;
    const paint = createPaint(streams.stderr, streams.env);
    streams.stderr.write(`muster: ${clean(error.text[language])}\n`);
    if (error.remedy !== undefined) streams.stderr.write(`  ${paint.strong(clean(error.remedy[language]))}\n`);
    return error.exit;
  }
}
