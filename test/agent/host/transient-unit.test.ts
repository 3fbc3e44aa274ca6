import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { RunResult } from '../../../agent/host/host.ts';
import { createTransientUnits } from '../../../agent/host/transient-unit.ts';
import { failed, gone, running, succeeded } from './unit-status.ts';

const folder = await mkdtemp(join(tmpdir(), 'muster-units-'));
afterAll(() => rm(folder, { recursive: true }));

describe('runUnit', () => {
  /** A scripted systemd: the successive answers of `systemctl show`, and the calls of systemd-run. */
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

  test('starts a missing unit, passes its output on, and removes it afterwards', async () => {
    const { units, calls } = fakeSystemd([gone, running, succeeded], (log) => writeFile(log, 'one\ntwo'));
    const lines: string[] = [];
    const result = await units.runUnit('fresh', 'apt-get', ['update'], { onLine: (line) => lines.push(line) });
    expect(result).toEqual({ exitCode: 0, tail: ['one', 'two'] });
    expect(lines).toEqual(['one', 'two']);
    expect(calls).toEqual(['systemctl show', 'systemd-run', 'systemctl show', 'systemctl show', 'systemctl stop']);
  });

  test('adopts a unit of an earlier agent: its output from the first line, and its result', async () => {
    await fakeSystemd([gone, succeeded], (log) => writeFile(log, 'an earlier run')).units.runUnit('adopt', 'kubeadm', [
      'init',
    ]);
    await writeFile(join(folder, 'adopt-2.log'), 'this run');
    const { units, calls } = fakeSystemd([running, failed('1')]);
    expect(await units.runUnit('adopt', 'kubeadm', ['init'])).toEqual({ exitCode: 1, tail: ['this run'] });
    expect(calls).toEqual(['systemctl show', 'systemctl show', 'systemctl reset-failed']);
  });

  test('stops waiting when its signal fires, and leaves the unit running', async () => {
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
