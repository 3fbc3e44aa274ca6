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
    reason: failureText(result),
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
export function failureText({ exitCode, stdout, stderr }: RunResult): LocalText {
  if (exitCode === noSuchProgram) return { en: 'program not found', zh: '未找到该程序' };
  if (exitCode === 124) return { en: 'timed out', zh: '超时' };
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-3).join(' / ');
  if (said === '') return { en: `exit code ${exitCode}`, zh: `退出码 ${exitCode}` };
  return { en: `${said} (exit code ${exitCode})`, zh: `${said}（退出码 ${exitCode}）` };
}

/** The same in English, for evidence and logs. */
export const lastWords = (result: RunResult): string => failureText(result).en;
