/** The output of `systemctl show` for units in different states. */

export const shown = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
export const gone = shown({ LoadState: 'not-found', ActiveState: 'inactive', SubState: 'dead', MainPID: '0' });
export const loaded = { LoadState: 'loaded', MainPID: '0' };
export const succeeded = shown({
  ...loaded,
  ActiveState: 'active',
  SubState: 'exited',
  ExecMainCode: '1',
  ExecMainStatus: '0',
  Result: 'success',
});
export const failed = (status: string, code = '1', result = 'exit-code') =>
  shown({
    ...loaded,
    ActiveState: 'failed',
    SubState: 'failed',
    ExecMainCode: code,
    ExecMainStatus: status,
    Result: result,
  });
export const running = shown({
  ...loaded,
  ActiveState: 'active',
  SubState: 'running',
  ExecMainCode: '0',
  ExecMainStatus: '0',
  Result: 'success',
});
