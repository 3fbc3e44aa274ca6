import type { UnitOptions } from './host.ts';

/** Uses only options of systemd 237 (Ubuntu 18.04): `append:` and `--working-directory` need 240. */
export function startArguments(
  unit: string,
  log: string,
  program: string,
  args: readonly string[],
  { env = {}, maxSeconds = 1800 }: Pick<UnitOptions, 'env' | 'maxSeconds'>,
): string[] {
  const environment = { LC_ALL: 'C', HOME: '/root', ...env };
  return [
    '--quiet',
    `--unit=${unit}`,
    `--description=muster: ${program}`,
    // Keeps the result until the next agent reads it.
    '--property=RemainAfterExit=yes',
    `--property=StandardOutput=file:${log}`,
    // The same open file as standard output.
    '--property=StandardError=inherit',
    `--property=RuntimeMaxSec=${maxSeconds}`,
    ...Object.entries(environment).map(([name, value]) => `--setenv=${name}=${value}`),
    '--',
    ...[program, ...args].map(literally),
  ];
}

/** systemd expands variables in a service's arguments; `$$` stands for a dollar sign. */
const literally = (argument: string) => argument.replaceAll('$', '$$$$');

const properties = ['LoadState', 'ActiveState', 'SubState', 'MainPID', 'ExecMainCode', 'ExecMainStatus', 'Result'];

export const statusArguments = (unit: string) => ['show', ...properties.flatMap((name) => ['-p', name]), unit];

export interface UnitStatus {
  state: 'running' | 'ended' | 'none';
  /** 0: none. */
  mainPid: number;
  /** null: ended by a signal, or unknown. */
  exitCode: number | null;
  failed: boolean;
}

/** CLD_EXITED of waitid(2): the process called exit. */
const exited = '1';

/** Parses `systemctl show`: one block of `Name=value` lines per unit, separated by blank lines. */
export function readShow(text: string): ReadonlyMap<string, string>[] {
  const pair = (line: string) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const;
  return text
    .trim()
    .split('\n\n')
    .map((block) => new Map(block.split('\n').map(pair)));
}

/** State of a transient unit from the output of `systemctl show`. */
export function parseUnitStatus(text: string): UnitStatus {
  const values = readShow(text)[0] ?? new Map<string, string>();
  const active = values.get('ActiveState');
  const failed = active === 'failed';
  const gone = values.get('LoadState') === 'not-found' || active === 'inactive' || active === undefined;
  const ended = failed || (active === 'active' && values.get('SubState') === 'exited');
  const code = values.get('ExecMainCode') === exited ? Number(values.get('ExecMainStatus')) : null;
  return {
    state: gone ? 'none' : ended ? 'ended' : 'running',
    mainPid: Number(values.get('MainPID') ?? 0),
    exitCode: ended && values.get('Result') !== 'timeout' ? code : null,
    failed,
  };
}
