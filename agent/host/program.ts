import { constants } from 'node:os';
import type { RunOptions, RunResult } from './host.ts';

const timedOut = 124;
const notFound = 127;

/** Runs a short program without a shell, in the C locale. Standard input is `input` or empty. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<RunResult> {
  const { execa } = await import('execa');
  const result = await execa(program, args, {
    reject: false,
    cwd: '/',
    timeout: options.timeoutMs ?? 60_000,
    forceKillAfterDelay: 2000,
    env: { LC_ALL: 'C', ...options.env },
    maxBuffer: 16 * 1024 * 1024,
    ...(options.input === undefined ? { stdin: 'ignore' } : { input: options.input }),
  });
  const { stdout, stderr } = result;
  if (result.timedOut) return { exitCode: timedOut, stdout, stderr };
  if (result.code === 'ENOENT') return { exitCode: notFound, stdout, stderr: `${program}: there is no such program` };
  if (result.exitCode !== undefined) return { exitCode: result.exitCode, stdout, stderr };
  if (result.signal !== undefined) return { exitCode: 128 + constants.signals[result.signal], stdout, stderr };
  return { exitCode: 126, stdout, stderr: stderr || (result.shortMessage ?? `${program} could not be started`) };
}
