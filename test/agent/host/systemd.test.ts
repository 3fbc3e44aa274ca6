import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { RunResult } from '../../../agent/host/host.ts';
import { createLineReader } from '../../../agent/host/line-reader.ts';
import { parseUnitStatus, startArguments } from '../../../agent/host/systemd.ts';
import { createTransientUnits } from '../../../agent/host/transient-unit.ts';

const folder = await mkdtemp(join(tmpdir(), 'muster-units-'));
afterAll(() => rm(folder, { recursive: true }));

const shown = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
const gone = shown({ LoadState: 'not-found', ActiveState: 'inactive', SubState: 'dead', MainPID: '0' });
const loaded = { LoadState: 'loaded', MainPID: '0' };
const succeeded = shown({
  ...loaded,
  ActiveState: 'active',
  SubState: 'exited',
  ExecMainCode: '1',
  ExecMainStatus: '0',
  Result: 'success',
});
const failed = (status: string, code = '1', result = 'exit-code') =>
  shown({
    ...loaded,
    ActiveState: 'failed',
    SubState: 'failed',
    ExecMainCode: code,
    ExecMainStatus: status,
    Result: result,
  });
const running = shown({
  ...loaded,
  ActiveState: 'active',
  SubState: 'running',
  ExecMainCode: '0',
  ExecMainStatus: '0',
  Result: 'success',
});

describe('parseUnitStatus', () => {
  test.each([
    ['no such unit', gone, { state: 'none' }],
    ['it runs', running.replace('MainPID=0', 'MainPID=42'), { state: 'running', mainPid: 42, exitCode: null }],
    ['it is being started', shown({ ...loaded, ActiveState: 'activating', SubState: 'start' }), { state: 'running' }],
    [
      'it is being ended',
      shown({ ...loaded, ActiveState: 'deactivating', SubState: 'stop-sigterm' }),
      { state: 'running' },
    ],
    ['it succeeded', succeeded, { state: 'ended', exitCode: 0, failed: false }],
    ['it failed', failed('3'), { state: 'ended', exitCode: 3, failed: true }],
    ['it was killed', failed('9', '2', 'signal'), { state: 'ended', exitCode: null, failed: true }],
    ['its time ran out', failed('143', '1', 'timeout'), { state: 'ended', exitCode: null, failed: true }],
  ])('%s', (_, text, expected) => expect(parseUnitStatus(text)).toMatchObject(expected));
});

test('startArguments puts the program after its options, safe from systemd’s variables', () => {
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

describe('the line reader', () => {
  test('gives lines as they are completed, and characters that come in two pieces', async () => {
    const path = join(folder, 'log');
    const euro = Buffer.from('€');
    await writeFile(path, Buffer.concat([Buffer.from('one\ntw'), Buffer.from('o\r\n'), euro.subarray(0, 1)]));
    const reader = createLineReader(path);
    expect(await reader.more()).toEqual(['one', 'two']);
    await appendFile(path, Buffer.concat([euro.subarray(1), Buffer.from(' 5')]));
    expect(await reader.more()).toEqual([]);
    expect(await reader.more(true)).toEqual(['€ 5']);
    expect(await reader.more(true)).toEqual([]);
  });

  test('takes a progress bar’s carriage returns for line ends', async () => {
    const path = join(folder, 'bar');
    await writeFile(path, '10%\r20%\r30%\n');
    expect(await createLineReader(path).more(true)).toEqual(['10%', '20%', '30%']);
  });
});

describe('runUnit', () => {
  /** systemd as a script: what `systemctl show` says, time after time, and what systemd-run is asked for. */
  function fakeSystemd(statuses: string[], start?: (log: string) => Promise<void>) {
    const calls: string[] = [];
    const log = (args: readonly string[]) =>
      args.find((arg) => arg.startsWith('--property=StandardOutput=file:'))?.split(':')[1] ?? '';
    const units = createTransientUnits({
      folder,
      sleep: () => new Promise((resolve) => setImmediate(resolve)),
      async run(program, args): Promise<RunResult> {
        calls.push(program === 'systemd-run' ? 'systemd-run' : `${program} ${args[0]}`);
        if (program === 'systemd-run') await start?.(log(args));
        const stdout = args[0] === 'show' ? ((statuses.length > 1 ? statuses.shift() : statuses[0]) ?? '') : '';
        return { exitCode: 0, stdout, stderr: '' };
      },
    });
    return { units, calls };
  }

  test('starts what is not there, hands on its output, and clears it away', async () => {
    const { units, calls } = fakeSystemd([gone, running, succeeded], (log) => writeFile(log, 'one\ntwo'));
    const lines: string[] = [];
    const result = await units.runUnit('fresh', 'apt-get', ['update'], { onLine: (line) => lines.push(line) });
    expect(result).toEqual({ exitCode: 0, tail: ['one', 'two'] });
    expect(lines).toEqual(['one', 'two']);
    expect(calls).toEqual(['systemctl show', 'systemd-run', 'systemctl show', 'systemctl show', 'systemctl stop']);
  });

  test('adopts what an earlier agent started: its output from the first line, and its result', async () => {
    await fakeSystemd([gone, succeeded], (log) => writeFile(log, 'an earlier run')).units.runUnit('adopt', 'kubeadm', [
      'init',
    ]);
    await writeFile(join(folder, 'adopt-2.log'), 'this run');
    const { units, calls } = fakeSystemd([running, failed('1')]);
    expect(await units.runUnit('adopt', 'kubeadm', ['init'])).toEqual({ exitCode: 1, tail: ['this run'] });
    expect(calls).toEqual(['systemctl show', 'systemctl show', 'systemctl reset-failed']);
  });

  test('stops waiting when it is told to, and leaves the unit alone', async () => {
    const controller = new AbortController();
    const { units, calls } = fakeSystemd([gone, running]);
    const waiting = units.runUnit('stopped', 'kubeadm', [], { signal: controller.signal });
    await vi.waitUntil(() => calls.includes('systemd-run'));
    controller.abort();
    await expect(waiting).rejects.toThrow(/abort/i);
    expect(calls.filter((call) => !call.endsWith('show'))).toEqual(['systemd-run']);
  });

  test('a unit that vanished has no exit code', async () => {
    const { units } = fakeSystemd([gone, running, gone]);
    expect((await units.runUnit('vanished', 'kubeadm', [])).exitCode).toBeNull();
  });
});
