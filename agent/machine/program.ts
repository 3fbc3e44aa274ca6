import { MusterError } from '../../shared/errors/errors.ts';
import type { LocalText } from '../../shared/text/local-text.ts';
import type { HostView, RunOptions, RunResult } from '../host/host.ts';

/**
 * Runs a short program and returns its standard output. Throws MusterError `program-failed` with the end of its output.
 */
export async function output(
  host: Pick<HostView, 'run'>,
  program: string,
  args: readonly string[],
  options: RunOptions & { remedy?: string | LocalText } = {},
): Promise<string> {
  const { remedy = '', ...runOptions } = options;
  const result = await host.run(program, args, runOptions);
  if (result.exitCode === 0) return result.stdout;
  throw new MusterError('program-failed', {
    command: [program, ...args].join(' '),
    reason: lastWords(result),
    fix: remedy,
  });
}

/** The shell's exit code for a program that does not exist. */
export const noSuchProgram = 127;

const folders = ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin'];

/** Whether a program exists in one of the usual folders. */
export async function hasProgram(host: Pick<HostView, 'exists'>, name: string): Promise<boolean> {
  return (await Promise.all(folders.map((folder) => host.exists(`${folder}/${name}`)))).includes(true);
}

/** The end of a program's output and its exit code. */
export function lastWords({ exitCode, stdout, stderr }: RunResult): string {
  if (exitCode === noSuchProgram) return 'there is no such program';
  if (exitCode === 124) return 'it did not end in time';
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' / ');
  return said === '' ? `exit code ${exitCode}` : `${said} (exit code ${exitCode})`;
}
