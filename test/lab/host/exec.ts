import { mkdir } from 'node:fs/promises';
import { constants } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { LabError } from '../lab-error.ts';
import { withinShare } from '../machine/cgroups.ts';
import { inLab } from '../network.ts';
import { initOf, knownHost } from './init.ts';

export interface ExecOptions {
  /** Sent to standard input. */
  input?: string;
  /** `inherit`: uses this process's standard streams, and returns no output. */
  stdio?: 'pipe' | 'inherit';
  env?: Readonly<Record<string, string>>;
}

export interface ExecResult {
  /** 128 + signal number for a program that a signal ended, as in a shell. */
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** The environment of a root login, not the machine's. */
const environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  USER: 'root',
  LANG: 'C.UTF-8',
  TERM: process.env.TERM ?? 'dumb',
};

function running(name: string): number {
  const init = initOf(knownHost(name).name);
  if (init === null) {
    throw new LabError('lab-host-off', `${name} is not running`, { remedy: `npm run lab -- boot ${name}` });
  }
  return init;
}

async function execute(argv: readonly string[], options: ExecOptions): Promise<ExecResult> {
  const { input, stdio = 'pipe', env = {} } = options;
  const [program = '', ...args] = argv;
  const shared = {
    reject: false,
    extendEnv: false,
    env: { ...environment, ...env },
    stripFinalNewline: false,
  } as const;
  const result =
    stdio === 'inherit'
      ? await execa(program, args, { ...shared, stdio: 'inherit' })
      : await execa(program, args, { ...shared, ...(input === undefined ? { stdin: 'ignore' } : { input }) });
  const signal = result.signal === undefined ? 0 : constants.signals[result.signal];
  return { exitCode: result.exitCode ?? 128 + signal, stdout: result.stdout ?? '', stderr: result.stderr ?? '' };
}

/** Runs a command on a host as root. Throws only if the host is off; exit code 127: no such program. */
export async function hostExec(name: string, argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  const inside = ['nsenter', '-t', String(running(name)), '-m', '-u', '-i', '-n', '-p', '-C', ...argv];
  return execute(withinShare(name, inside), options);
}

/** Runs a program of the machine in the lab's network, where the gateway and the mirrors are. */
export async function gatewayExec(argv: readonly string[], options: ExecOptions = {}): Promise<ExecResult> {
  return execute(['ip', ...inLab(argv)], options);
}

/** Copies a file or folder, with its modes, to a running host. */
export async function copyIn(name: string, localPath: string, hostPath: string): Promise<void> {
  const target = `/proc/${running(name)}/root${hostPath}`;
  await mkdir(path.dirname(target), { recursive: true });
  await execa('cp', ['-a', '--no-preserve=ownership', '--no-target-directory', localPath, target]);
}
