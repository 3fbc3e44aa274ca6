import type { UnitOptions } from './host.ts';

/** Why these and no others: they work from systemd 237 (Ubuntu 18.04) on. `append:` came with 240, `--working-directory` with 240. */
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
    // The result stays to be read, however late the next agent comes.
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

/** systemd puts variables into the arguments of a service, and takes `$$` for a dollar sign. */
const literally = (argument: string) => argument.replaceAll('$', '$$$$');

const properties = ['LoadState', 'ActiveState', 'SubState', 'MainPID', 'ExecMainCode', 'ExecMainStatus', 'Result'];

export const statusArguments = (unit: string) => ['show', ...properties.flatMap((name) => ['-p', name]), unit];

export interface UnitStatus {
  state: 'running' | 'ended' | 'none';
  /** 0 while there is none. */
  mainPid: number;
  /** null: killed by a signal, or not known. */
  exitCode: number | null;
  failed: boolean;
}

/** How waitid(2) names the end of a process that called exit. */
const exited = '1';

/** What `systemctl show` prints: a block of `Name=value` lines for each unit, a blank line between two. */
export function readShow(text: string): ReadonlyMap<string, string>[] {
  const pair = (line: string) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const;
  return text
    .trim()
    .split('\n\n')
    .map((block) => new Map(block.split('\n').map(pair)));
}

/** How a transient unit stands, by what `systemctl show` prints of it. */
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
