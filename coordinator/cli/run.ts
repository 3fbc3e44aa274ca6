import { CommanderError } from 'commander';
import { exitCode, MusterError } from '../../shared/errors.ts';
import type { Io } from './io.ts';
import { createPaint } from './paint.ts';
import { createProgram } from './program.ts';
import { clean } from './text.ts';

/** Runs `muster ARGS` to its end: the process's exit code. What is not a MusterError is a bug and keeps its stack. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCode.usage;
    if (!(error instanceof MusterError)) throw error;
    const paint = createPaint(io.stderr, io.env);
    io.stderr.write(`muster: ${clean(error.message)}\n`);
    if (error.remedy !== undefined) io.stderr.write(`  ${paint.strong(clean(error.remedy))}\n`);
    return error.exit;
  }
}
