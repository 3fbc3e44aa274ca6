import { describe, expect, test } from 'vitest';
import { parseUnitStatus, startArguments } from '../../../agent/host/systemd.ts';
import { failed, gone, loaded, running, shown, succeeded } from './unit-status.ts';

describe('parseUnitStatus', () => {
  test.each([
    ['no such unit', gone, { state: 'none' }],
    ['a running unit', running.replace('MainPID=0', 'MainPID=42'), { state: 'running', mainPid: 42, exitCode: null }],
    ['a starting unit', shown({ ...loaded, ActiveState: 'activating', SubState: 'start' }), { state: 'running' }],
    [
      'a stopping unit',
      shown({ ...loaded, ActiveState: 'deactivating', SubState: 'stop-sigterm' }),
      { state: 'running' },
    ],
    ['a successful unit', succeeded, { state: 'ended', exitCode: 0, failed: false }],
    ['a failed unit', failed('3'), { state: 'ended', exitCode: 3, failed: true }],
    ['a killed unit', failed('9', '2', 'signal'), { state: 'ended', exitCode: null, failed: true }],
    ['a unit that timed out', failed('143', '1', 'timeout'), { state: 'ended', exitCode: null, failed: true }],
  ])('%s', (_, text, expected) => expect(parseUnitStatus(text)).toMatchObject(expected));
});

test('startArguments puts the program after the options and escapes it against systemd’s variables', () => {
  const args = startArguments('muster-x.service', '/log', 'apt-get', ['install', '--', '$(x) y'], {
    env: { A: 'b c' },
    maxSeconds: 60,
  });
  expect(args.slice(args.indexOf('--'))).toEqual(['--', 'apt-get', 'install', '--', '$$(x) y']);
  expect(args).toEqual(
    expect.arrayContaining([
      '--unit=muster-x.service',
      '--setenv=A=b c',
      '--property=RuntimeMaxSec=60',
      '--setenv=LC_ALL=C',
    ]),
  );
});
